import { listPermissions } from '../tenant/permissions.js';
import { getRole } from '../tenant/roles.js';
import type { Endpoint } from './endpoint.js';
import { permissionEndpoints } from './permission-endpoints.js';

/** The permissions of a role. */
export const rolePermissions: readonly Endpoint[] = permissionEndpoints({
  plural: 'roles',
  check: getRole,
  list: listPermissions,
});
