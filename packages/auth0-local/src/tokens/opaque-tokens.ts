import { createArtifact, readArtifact, type Artifact } from '../tenant/artifacts.js';
import type { Application } from '../tenant/applications.js';
import type { Tenant } from '../tenant/tenant.js';
import type { User } from '../tenant/users.js';
import type { Confirmation } from './access-token-claims.js';
import { tokenTypeOf, type IssuedToken } from './issue-access-token.js';

/** Behind an opaque access token, which is good for the user's profile only. */
export interface OpaqueTokenData {
  readonly scopes: readonly string[];
  /** What it is bound to. */
  readonly confirmation?: Confirmation;
}

/** Whom an opaque token is issued for. */
export interface OpaqueTokenRequest {
  readonly application: Application;
  readonly user: User;
  readonly scopes: readonly string[];
  readonly confirmation: Confirmation | undefined;
  /** What it is revoked with. */
  readonly family: string;
}

const lifetimeSeconds = 86_400;

/** Issues an access token for the user's profile: what there is without an API. */
export function issueOpaqueToken(
  tenant: Tenant,
  { application, user, scopes, family, confirmation }: OpaqueTokenRequest,
): IssuedToken {
  const token = createArtifact<OpaqueTokenData>(tenant, 'opaque_token', {
    lifetimeSeconds,
    client_id: application.client_id,
    user_id: user.user_id,
    family,
    data: { scopes, ...(confirmation !== undefined && { confirmation }) },
  });
  return { token, expiresIn: lifetimeSeconds, tokenType: tokenTypeOf(confirmation) };
}

export function readOpaqueToken(tenant: Tenant, token: string): Artifact<OpaqueTokenData> | undefined {
  return readArtifact(tenant, 'opaque_token', token);
}
