import type { Tenant } from '../tenant/tenant.js';
import { accessTokenClaims, type AccessTokenRequest } from './access-token-claims.js';
import { signToken } from './sign-token.js';

/** An access token, and for how many seconds it is good. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresIn: number;
}

/** Issues an access token in the dialect of its API. What may be issued is decided before. */
export async function issueAccessToken(tenant: Tenant, request: AccessTokenRequest): Promise<IssuedToken> {
  const { token_dialect: dialect = 'access_token', signing_alg: alg, signing_secret: secret } = request.api;
  const typ = dialect.startsWith('rfc9068') ? 'at+jwt' : 'JWT';
  const token = await signToken(tenant, accessTokenClaims(tenant, request), { alg, typ, secret });
  return { token, expiresIn: request.api.token_lifetime };
}
