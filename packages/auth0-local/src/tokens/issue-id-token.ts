import type { JWTPayload } from 'jose';
import type { Application } from '../tenant/applications.js';
import { nowSeconds, type Tenant } from '../tenant/tenant.js';
import type { User } from '../tenant/users.js';
import { customClaims } from './custom-claims.js';
import { profileClaims } from './profile-claims.js';
import { signToken } from './sign-token.js';
import type { UserAccess } from './user-access.js';

/** What an ID token says, and to whom. */
export interface IdTokenRequest {
  /** With a `/` at its end. */
  readonly issuer: string;
  readonly application: Application;
  readonly user: User;
  readonly access: UserAccess;
  /** What the application sent to recognise it by. */
  readonly nonce?: string | undefined;
}

/** Issues an ID token (OpenID Connect Core section 2), signed as the application wants it. */
export function issueIdToken(tenant: Tenant, request: IdTokenRequest): Promise<string> {
  const { application } = request;
  const alg = application.jwt_configuration?.alg ?? 'RS256';
  return signToken(tenant, idTokenClaims(tenant, request), {
    alg,
    typ: 'JWT',
    secret: application.client_secret,
  });
}

function idTokenClaims(
  tenant: Tenant,
  { issuer, application, user, access, nonce }: IdTokenRequest,
): JWTPayload {
  const iat = nowSeconds(tenant);
  return {
    ...customClaims(tenant, user),
    ...profileClaims(user, access.scopes),
    iss: issuer,
    sub: user.user_id,
    aud: application.client_id,
    iat,
    exp: iat + (application.jwt_configuration?.lifetime_in_seconds ?? 36_000),
    auth_time: access.auth_time,
    ...(access.sid !== undefined && { sid: access.sid }),
    ...(nonce !== undefined && { nonce }),
  };
}
