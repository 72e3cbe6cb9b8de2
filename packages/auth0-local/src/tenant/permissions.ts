import * as v from 'valibot';
import { findApi, scopeNames } from './apis.js';
import { strictObject } from './object-schemas.js';
import { readBody } from './read-body.js';
import { listUserRoles } from './roles.js';
import type { Tenant } from './tenant.js';
import { invalid } from './tenant-error.js';

/** A permission that a role or a user holds. */
export interface Permission {
  readonly id: string;
  /** The id of the role or the user: they cannot be confused, their prefixes differ. */
  readonly holder: string;
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}

/** A permission with what a reader wants to know of it. */
export interface PermissionView {
  readonly permission_name: string;
  readonly description: string;
  readonly resource_server_name: string;
  readonly resource_server_identifier: string;
}

const schema = strictObject({
  permissions: v.pipe(
    v.array(
      strictObject({
        resource_server_identifier: v.pipe(v.string(), v.minLength(1)),
        permission_name: v.pipe(v.string(), v.minLength(1)),
      }),
    ),
    v.minLength(1),
  ),
});

/**
 * Gives permissions to a role or a user.
 *
 * @throws TenantError: an API does not exist, or does not define the permission.
 */
export function addPermissions(tenant: Tenant, holder: string, body: unknown): void {
  const permissions = readPermissions(tenant, body);
  tenant.store.transaction(() => {
    for (const { identifier, name } of permissions) {
      const id = permissionId(holder, identifier, name);
      tenant.store.permissions.put(id, {
        id,
        holder,
        resource_server_identifier: identifier,
        permission_name: name,
      });
    }
  });
}

/** Takes permissions from a role or a user; what it did not have is no error. */
export function removePermissions(tenant: Tenant, holder: string, body: unknown): void {
  const { permissions } = readBody(schema, body);
  tenant.store.transaction(() => {
    for (const permission of permissions) {
      const identifier =
        findApi(tenant, permission.resource_server_identifier)?.identifier ??
        permission.resource_server_identifier;
      tenant.store.permissions.delete(permissionId(holder, identifier, permission.permission_name));
    }
  });
}

/** What a role or a user has been given itself. */
export function listPermissions(tenant: Tenant, holder: string): PermissionView[] {
  return tenant.store.permissions.list({ holder }).map((permission) => {
    const api = findApi(tenant, permission.resource_server_identifier);
    const scope = api?.scopes?.find(({ value }) => value === permission.permission_name);
    return {
      permission_name: permission.permission_name,
      description: scope?.description ?? '',
      resource_server_name: api?.name ?? permission.resource_server_identifier,
      resource_server_identifier: permission.resource_server_identifier,
    };
  });
}

/** Where a user has a permission from. */
export interface PermissionSource {
  readonly source_type: 'DIRECT' | 'ROLE';
  /** The role; empty for what was given directly. */
  readonly source_id: string;
  readonly source_name: string;
}

/** What a user has been given itself and by roles, each permission once. */
export function listUserPermissions(
  tenant: Tenant,
  userId: string,
): (PermissionView & { readonly sources: readonly PermissionSource[] })[] {
  const direct: PermissionSource = { source_id: '', source_name: '', source_type: 'DIRECT' };
  const ofRoles = listUserRoles(tenant, userId).map(({ id, name }): PermissionSource => ({
    source_id: id,
    source_name: name,
    source_type: 'ROLE',
  }));
  const found = new Map<string, PermissionView & { sources: PermissionSource[] }>();
  for (const source of [direct, ...ofRoles]) {
    for (const view of listPermissions(tenant, source.source_id === '' ? userId : source.source_id)) {
      const key = permissionId(userId, view.resource_server_identifier, view.permission_name);
      const known = found.get(key) ?? { ...view, sources: [] };
      known.sources.push(source);
      found.set(key, known);
    }
  }
  return [...found.values()];
}

/** The permissions for one API that a user has, directly and by roles, in the order in which the API defines them. */
export function userPermissions(tenant: Tenant, userId: string, identifier: string): string[] {
  const { store } = tenant;
  const api = findApi(tenant, identifier);
  if (api === undefined) return [];
  const holders = [userId, ...store.userRoles.list({ user_id: userId }).map(({ role_id: role }) => role)];
  const held = new Set(
    holders
      .flatMap((holder) => store.permissions.list({ holder, identifier: api.identifier }))
      .map(({ permission_name: name }) => name),
  );
  return scopeNames(api).filter((name) => held.has(name));
}

function readPermissions(tenant: Tenant, body: unknown): { identifier: string; name: string }[] {
  return readBody(schema, body).permissions.map((permission) => {
    const { resource_server_identifier: identifier, permission_name: name } = permission;
    const api = findApi(tenant, identifier);
    if (api === undefined) throw invalid(`Resource server with identifier "${identifier}" does not exist`);
    if (!scopeNames(api).includes(name)) {
      throw invalid(`Permission "${name}" is not defined by the resource server "${identifier}"`);
    }
    return { identifier: api.identifier, name };
  });
}

/** The key of a permission in the store. */
export function permissionId(holder: string, identifier: string, name: string): string {
  return JSON.stringify([holder, identifier, name]);
}
