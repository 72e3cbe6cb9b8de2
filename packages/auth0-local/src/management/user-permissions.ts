import { listUserPermissions } from '../tenant/permissions.js';
import { getUser } from '../tenant/users.js';
import type { Endpoint } from './endpoint.js';
import { permissionEndpoints } from './permission-endpoints.js';

/** The permissions of a user: listed with those of its roles, changed only where they are its own. */
export const userPermissions: readonly Endpoint[] = permissionEndpoints({
  plural: 'users',
  check: getUser,
  list: listUserPermissions,
});
