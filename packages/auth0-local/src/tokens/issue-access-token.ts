import type { Tenant } from '../tenant/tenant.js';
import { accessTokenClaims, type AccessTokenRequest, type Confirmation } from './access-token-claims.js';
import { signToken } from './sign-token.js';

/** An access token, and for how many seconds it is good. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresIn: number;
  /** How it is to be sent: with a proof of the key that it is bound to, or without. */
  readonly tokenType: 'Bearer' | 'DPoP';
}

/** Issues an access token in the dialect of its API. What may be issued is decided before. */
export async function issueAccessToken(tenant: Tenant, request: AccessTokenRequest): Promise<IssuedToken> {
  const { token_dialect: dialect = 'access_token', signing_alg: alg, signing_secret: secret } = request.api;
  const typ = dialect.startsWith('rfc9068') ? 'at+jwt' : 'JWT';
  const token = await signToken(tenant, accessTokenClaims(tenant, request), { alg, typ, secret });
  return { token, expiresIn: request.api.token_lifetime, tokenType: tokenTypeOf(request.confirmation) };
}

/** RFC 9449 section 5. A token that is bound to a certificate is a bearer token to whoever sends it (RFC 8705). */
export function tokenTypeOf(confirmation: Confirmation | undefined): IssuedToken['tokenType'] {
  return confirmation?.jkt === undefined ? 'Bearer' : 'DPoP';
}
