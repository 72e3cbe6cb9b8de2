import type { Tenant } from '../../tenant/tenant.js';
import type { User } from '../../tenant/users.js';
import { userScopes } from '../scopes/decide-scopes.js';
import type { AuthorizeRequest } from './read-request.js';

/** What of the scopes that a request asks for the application may have in a user's name. */
export function readGrantedScopes(
  tenant: Tenant,
  { application, api, scopes }: Pick<AuthorizeRequest, 'application' | 'api' | 'scopes'>,
  { user_id: userId }: User,
): readonly string[] {
  return userScopes(tenant, { application, api, userId }, scopes) ?? [];
}
