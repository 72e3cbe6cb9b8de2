import type { Api } from '../../tenant/apis.js';
import type { Application } from '../../tenant/applications.js';
import type { Tenant } from '../../tenant/tenant.js';
import type { User } from '../../tenant/users.js';
import { findRequestedApi, userScopes } from '../scopes/decide-scopes.js';

/** What an application would have in a user's name. */
export interface Access {
  readonly application: Application;
  readonly api: Api | undefined;
  readonly scopes: readonly string[];
}

/** What the user is asked to allow; nothing if application or API are gone or closed to it by now. */
export function describeAccess(
  tenant: Tenant,
  clientId: string,
  { audience, scopes }: { readonly audience?: string | undefined; readonly scopes: readonly string[] },
  { user_id: userId }: User,
): Access | undefined {
  const application = tenant.store.applications.get(clientId);
  const api = findRequestedApi(tenant, audience);
  if (application === undefined || (audience !== undefined && api === undefined)) return undefined;
  const granted = userScopes(tenant, { application, api, userId }, scopes);
  return granted && { application, api, scopes: granted };
}
