import { strictObject } from '../tenant/object-schemas.js';
import { createRole, deleteRole, getRole, updateRole, type Role } from '../tenant/roles.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { listPage, storedItems } from './list-page.js';
import { pageQuery, text } from './read-query.js';

/** Roles. The real tenant answers 200 to the creation and to the deletion of one. */
export const roles: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/roles',
    scopes: ['read:roles'],
    query: strictObject({ ...pageQuery, name_filter: text }),
    respond: ({ tenant, query }) => {
      const list = tenant.store.roles;
      const wanted = query.name_filter?.toLowerCase();
      const found =
        wanted === undefined
          ? storedItems(list, {}, showRole)
          : list
              .list()
              .filter(({ name }) => name.toLowerCase().includes(wanted))
              .map(showRole);
      return listPage('roles', found, query);
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/roles',
    scopes: ['create:roles'],
    respond: ({ tenant, body }) => showRole(createRole(tenant, body)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/roles/:id',
    scopes: ['read:roles'],
    respond: ({ tenant, id }) => showRole(getRole(tenant, id)),
  }),
  defineEndpoint({
    method: 'patch',
    path: '/roles/:id',
    scopes: ['update:roles'],
    respond: ({ tenant, id, body }) => showRole(updateRole(tenant, id, body)),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/roles/:id',
    scopes: ['delete:roles'],
    respond: ({ tenant, id }) => {
      deleteRole(tenant, id);
      return {};
    },
  }),
];

/** A role with its type: here there are only those of the tenant. */
export function showRole(role: Role): object {
  return { ...role, type: 'tenant' };
}
