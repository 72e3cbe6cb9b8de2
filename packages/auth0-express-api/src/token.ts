import type { ActClaim } from '@auth0/auth0-api-js';

/**
 * The claims of a verified access token. Add your own with
 * `declare module '@auth0/auth0-express-api' { interface Token { tier: 'free' | 'premium' } }`; claims that are not
 * declared are `unknown`.
 *
 * The declaration is a promise to the compiler: no claim beyond the registered ones is checked to be there.
 */
export interface Token {
  sub: string;
  aud: string | string[];
  iss: string;
  scope?: string;
  act?: ActClaim;
  [claim: string]: unknown;
}
