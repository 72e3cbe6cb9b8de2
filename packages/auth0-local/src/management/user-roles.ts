import { strictObject } from '../tenant/object-schemas.js';
import { assignRoles, listUserRoles, readRoleIds, unassignRoles } from '../tenant/roles.js';
import { getUser } from '../tenant/users.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { listPage } from './list-page.js';
import { pageQuery } from './read-query.js';
import { showRole } from './roles.js';

/** The roles of a user. */
export const userRoles: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/users/:id/roles',
    scopes: ['read:users', 'read:role_members'],
    query: strictObject(pageQuery),
    respond: ({ tenant, id, query }) =>
      listPage('roles', listUserRoles(tenant, getUser(tenant, id).user_id).map(showRole), query),
  }),
  defineEndpoint({
    method: 'post',
    path: '/users/:id/roles',
    scopes: ['update:users', 'create:role_members'],
    respond: ({ tenant, id, body }) => {
      const { user_id: userId } = getUser(tenant, id);
      assignRoles(tenant, [userId], readRoleIds(body));
    },
  }),
  defineEndpoint({
    method: 'delete',
    path: '/users/:id/roles',
    scopes: ['update:users', 'delete:role_members'],
    respond: ({ tenant, id, body }) => {
      const { user_id: userId } = getUser(tenant, id);
      unassignRoles(tenant, userId, readRoleIds(body));
    },
  }),
];
