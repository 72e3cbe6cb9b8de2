import { strictObject } from '../tenant/object-schemas.js';
import { addPermissions, listUserPermissions, removePermissions } from '../tenant/permissions.js';
import { getUser } from '../tenant/users.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { listPage } from './list-page.js';
import { pageQuery } from './read-query.js';

/** The permissions of a user: listed with those of its roles, changed only where they are its own. */
export const userPermissions: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/users/:id/permissions',
    scopes: ['read:users'],
    query: strictObject(pageQuery),
    respond: ({ tenant, id, query }) =>
      listPage('permissions', listUserPermissions(tenant, getUser(tenant, id).user_id), query),
  }),
  defineEndpoint({
    method: 'post',
    path: '/users/:id/permissions',
    scopes: ['update:users'],
    status: 201,
    respond: ({ tenant, id, body }) => {
      addPermissions(tenant, getUser(tenant, id).user_id, body);
      return {};
    },
  }),
  defineEndpoint({
    method: 'delete',
    path: '/users/:id/permissions',
    scopes: ['update:users'],
    respond: ({ tenant, id, body }) => removePermissions(tenant, getUser(tenant, id).user_id, body),
  }),
];
