import { strictObject } from '../tenant/object-schemas.js';
import { addPermissions, listPermissions, removePermissions } from '../tenant/permissions.js';
import { getRole } from '../tenant/roles.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { listPage } from './list-page.js';
import { pageQuery } from './read-query.js';

/** The permissions of a role. */
export const rolePermissions: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/roles/:id/permissions',
    scopes: ['read:roles'],
    query: strictObject(pageQuery),
    respond: ({ tenant, id, query }) =>
      listPage('permissions', listPermissions(tenant, getRole(tenant, id).id), query),
  }),
  defineEndpoint({
    method: 'post',
    path: '/roles/:id/permissions',
    scopes: ['update:roles'],
    status: 201,
    respond: ({ tenant, id, body }) => {
      addPermissions(tenant, getRole(tenant, id).id, body);
      return {};
    },
  }),
  defineEndpoint({
    method: 'delete',
    path: '/roles/:id/permissions',
    scopes: ['update:roles'],
    respond: ({ tenant, id, body }) => removePermissions(tenant, getRole(tenant, id).id, body),
  }),
];
