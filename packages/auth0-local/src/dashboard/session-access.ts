import type { Access } from '../management/access.js';
import { managementScopes } from '../tenant/management-api.js';

const allScopes: ReadonlySet<string> = new Set(managementScopes);

/** Access of the Dashboard's page, whose session was checked before: to everything. */
export const sessionAccess: Access = {
  checks: [],
  authorize: () => [],
  readScopes: () => allScopes,
  isOwner: true,
  describeCaller: () => ({ client_name: 'Dashboard' }),
};
