import type { LogInput } from '../../log/tenant-log.js';
import type { Api } from '../../tenant/apis.js';
import type { Application } from '../../tenant/applications.js';
import type { Tenant } from '../../tenant/tenant.js';
import type { User } from '../../tenant/users.js';
import type { UserAccess } from '../../tokens/user-access.js';
import { requireApi } from '../request/require-api.js';
import { userScopes } from '../scopes/decide-scopes.js';
import { explainDroppedScopes } from '../scopes/explain-dropped-scopes.js';
import { missingGrant } from '../refusals.js';

/** What a user has let an application have, and is still to be had. */
export interface AllowedAccess {
  /** None for the user's profile alone. */
  readonly api: Api | undefined;
  readonly access: UserAccess;
  /** What the log says of scopes that are not to be had. */
  readonly note: Pick<LogInput, 'description' | 'fix'>;
}

/**
 * Narrows what a user has let an application have to what the rules allow now: they may have changed since.
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
  const { scopes: requested } = access;
  const api = access.audience === undefined ? undefined : requireApi(tenant, access.audience);
  const allowed = userScopes(tenant, { application, api, userId: user.user_id }, requested);
  if (api !== undefined && allowed === undefined) {
    throw missingGrant(application, api, { audience: access.audience ?? '', subjectType: 'user' });
  }
  const mayRefresh = application.grant_types.includes('refresh_token');
  const granted = (allowed ?? []).filter((scope) => scope !== 'offline_access' || mayRefresh);
  return {
    api,
    access: { ...access, scopes: granted },
    note:
      api === undefined ? {} : explainDroppedScopes(tenant, { application, api, user, requested, granted }),
  };
}
