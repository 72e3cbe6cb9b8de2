import { strictObject } from '../tenant/object-schemas.js';
import { addPermissions, removePermissions, type PermissionView } from '../tenant/permissions.js';
import type { Tenant } from '../tenant/tenant.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { listPage } from './list-page.js';
import { pageQuery } from './read-query.js';

/** Whose permissions the endpoints are about. */
interface PermissionHolders {
  readonly plural: 'roles' | 'users';
  /** @throws TenantError: there is none with this id. */
  readonly check: (tenant: Tenant, id: string) => void;
  readonly list: (tenant: Tenant, id: string) => PermissionView[];
}

/** The permissions of roles or of users: listed, given and taken away. */
export function permissionEndpoints({ plural, check, list }: PermissionHolders): readonly Endpoint[] {
  const path = `/${plural}/:id/permissions`;
  return [
    defineEndpoint({
      method: 'get',
      path,
      scopes: [`read:${plural}`],
      query: strictObject(pageQuery),
      respond: ({ tenant, id, query }) => {
        check(tenant, id);
        return listPage('permissions', list(tenant, id), query);
      },
    }),
    defineEndpoint({
      method: 'post',
      path,
      scopes: [`update:${plural}`],
      status: 201,
      respond: ({ tenant, id, body }) => {
        check(tenant, id);
        addPermissions(tenant, id, body);
        return {};
      },
    }),
    defineEndpoint({
      method: 'delete',
      path,
      scopes: [`update:${plural}`],
      respond: ({ tenant, id, body }) => {
        check(tenant, id);
        removePermissions(tenant, id, body);
      },
    }),
  ];
}
