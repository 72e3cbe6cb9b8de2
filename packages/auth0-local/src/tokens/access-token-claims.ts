import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { Api } from '../tenant/apis.js';
import type { Application } from '../tenant/applications.js';
import { userPermissions } from '../tenant/permissions.js';
import { managementIdentifier, nowSeconds, type Tenant } from '../tenant/tenant.js';
import type { User } from '../tenant/users.js';
import { customClaims } from './custom-claims.js';
import { delegationClaims, type Delegation } from './delegation.js';

/** What a token is bound to (RFC 7800 section 3.1): a thumbprint of a key or of a certificate. */
export interface Confirmation {
  readonly jkt?: string;
  readonly 'x5t#S256'?: string;
}

/** What an access token is issued for. */
export interface AccessTokenRequest {
  /** With a `/` at its end. */
  readonly issuer: string;
  readonly api: Api;
  /** The identifier of the API in the words of the request. */
  readonly audience: string;
  readonly application: Application;
  /** In whose name; the application's own without. */
  readonly user?: User;
  readonly scopes: readonly string[];
  /** What it is bound to. */
  readonly confirmation: Confirmation | undefined;
  /** As `gty` has it; absent for the authorization code and device flows. */
  readonly grantType?: 'client-credentials' | 'password' | 'refresh_token';
  /** Who acts for the user; absent where it is the application that the user has logged in to. */
  readonly delegation?: Delegation;
}

/** The claims of an access token in the API's dialect. */
export function accessTokenClaims(tenant: Tenant, request: AccessTokenRequest): JWTPayload {
  const { issuer, api, application, user, scopes, confirmation, grantType, delegation } = request;
  const dialect = api.token_dialect ?? 'access_token';
  const isRfc9068 = dialect.startsWith('rfc9068');
  const iat = nowSeconds(tenant);
  const clientId = application.client_id;
  return {
    ...(user !== undefined && customClaims(tenant, user)),
    iss: issuer,
    sub: user?.user_id ?? `${clientId}@clients`,
    aud: readAudience(request),
    iat,
    exp: iat + api.token_lifetime,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(isRfc9068 ? { client_id: clientId, jti: randomUUID() } : { azp: clientId }),
    ...(!isRfc9068 && grantType !== undefined && { gty: grantType }),
    ...(dialect.endsWith('_authz') && {
      permissions: user === undefined ? scopes : userPermissions(tenant, user.user_id, api.identifier),
    }),
    ...(confirmation !== undefined && { cnf: confirmation }),
    ...(delegation !== undefined && delegationClaims(delegation)),
  };
}

/**
 * One API, and the user's profile as well where OpenID Connect was asked for. The Management API has a name for each
 * issuer; a token has that of its own, whichever was asked for.
 */
function readAudience({ audience, issuer, scopes, api }: AccessTokenRequest): string | string[] {
  const name = api.is_system ? managementIdentifier(issuer) : audience;
  return scopes.includes('openid') && api.signing_alg !== 'HS256' ? [name, `${issuer}userinfo`] : name;
}
