import { findApi, type Api } from '../tenant/apis.js';
import type { Application } from '../tenant/applications.js';
import type { Tenant } from '../tenant/tenant.js';
import type { User } from '../tenant/users.js';
import type { UserAccess } from '../tokens/user-access.js';
import { userScopes } from './decide-scopes.js';
import { missingApi, missingGrant } from './refusals.js';

/** An API and what may be done with it. */
export interface AllowedAccess {
  /** None for the user's profile alone. */
  readonly api: Api | undefined;
  readonly scopes: readonly string[];
}

/**
 * What is left of what a user has let an application have: rules may have changed since.
 *
 * @throws OAuthError: the API is gone, or the application may not act for users there.
 */
export function checkUserAccess(
  tenant: Tenant,
  {
    application,
    user,
    access,
  }: { readonly application: Application; readonly user: User; readonly access: UserAccess },
): AllowedAccess {
  const api = readApi(tenant, access.audience);
  const scopes = userScopes(tenant, { application, api, userId: user.user_id }, access.scopes);
  if (api !== undefined && scopes === undefined) {
    throw missingGrant(application, api, { audience: access.audience ?? '', subjectType: 'user' });
  }
  const mayRefresh = application.grant_types.includes('refresh_token');
  return { api, scopes: (scopes ?? []).filter((scope) => scope !== 'offline_access' || mayRefresh) };
}

function readApi(tenant: Tenant, audience: string | undefined): Api | undefined {
  if (audience === undefined) return undefined;
  const api = findApi(tenant, audience);
  if (api === undefined) throw missingApi(audience);
  return api;
}
