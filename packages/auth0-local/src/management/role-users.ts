import { strictObject } from '../tenant/object-schemas.js';
import { assignRoles, getRole, readUserIds, type UserRole } from '../tenant/roles.js';
import type { Tenant } from '../tenant/tenant.js';
import { getUser } from '../tenant/users.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { isCheckpoint, listPage, listPart } from './list-page.js';
import { checkpointQuery, pageQuery } from './read-query.js';

/** The users who have a role. */
export const roleUsers: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/roles/:id/users',
    scopes: ['read:users', 'read:role_members'],
    query: strictObject({ ...pageQuery, ...checkpointQuery }),
    respond: ({ tenant, id, query }) => {
      const filter = { role_id: getRole(tenant, id).id };
      const list = tenant.store.userRoles;
      const show = (assignment: UserRole): object => showMember(tenant, assignment);
      if (!isCheckpoint(query)) return listPage('users', list.list(filter).map(show), query);
      const { documents, ...next } = listPart(list, filter, query);
      return { users: documents.map(show), ...next };
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/roles/:id/users',
    scopes: ['update:roles', 'create:role_members'],
    respond: ({ tenant, id, body }) => {
      const { id: roleId } = getRole(tenant, id);
      assignRoles(tenant, readUserIds(body), [roleId]);
      return {};
    },
  }),
];

function showMember(tenant: Tenant, { user_id: userId }: UserRole): object {
  const { user_id, email, name, picture } = getUser(tenant, userId);
  return { user_id, email, name, picture };
}
