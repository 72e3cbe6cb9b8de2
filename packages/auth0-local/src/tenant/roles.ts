import * as v from 'valibot';
import { randomAlphanumerics } from './ids.js';
import { longestTexts } from './longest-texts.js';
import { strictObject } from './object-schemas.js';
import { readBody } from './read-body.js';
import type { Tenant } from './tenant.js';
import { TenantError } from './tenant-error.js';
import { withoutControls } from './without-controls.js';

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** That a user has a role. */
export interface UserRole {
  readonly user_id: string;
  readonly role_id: string;
}

const { role: longest } = longestTexts;
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(longest.name), withoutControls('Name'));
const description = v.exactOptional(
  v.pipe(v.string(), v.maxLength(longest.description), withoutControls('Description')),
);
const createSchema = strictObject({ name, description });
const updateSchema = strictObject({ name: v.exactOptional(name), description });
const rolesSchema = strictObject({
  roles: v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1)),
});
const usersSchema = strictObject({
  users: v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1)),
});

export function createRole(tenant: Tenant, body: unknown): Role {
  const input = readBody(createSchema, body);
  checkNameIsFree(tenant, input.name);
  const role = {
    id: `rol_${randomAlphanumerics(16)}`,
    name: input.name,
    description: input.description ?? input.name,
  };
  tenant.store.roles.put(role.id, role);
  return role;
}

/** @throws TenantError `inexistent_role`. */
export function getRole({ store }: Tenant, id: string): Role {
  const role = store.roles.get(id);
  if (role === undefined) throw new TenantError('missing', 'inexistent_role', 'The role does not exist.');
  return role;
}

export function updateRole(tenant: Tenant, id: string, body: unknown): Role {
  const role = getRole(tenant, id);
  const input = readBody(updateSchema, body);
  if (input.name !== undefined && input.name !== role.name) checkNameIsFree(tenant, input.name);
  const updated = {
    ...role,
    name: input.name ?? role.name,
    description: input.description ?? role.description,
  };
  tenant.store.roles.put(id, updated);
  return updated;
}

/** Deletes a role; users lose it and what it gave them. */
export function deleteRole(tenant: Tenant, id: string): void {
  const { store } = tenant;
  getRole(tenant, id);
  store.transaction(() => {
    store.userRoles.deleteWhere({ role_id: id });
    store.permissions.deleteWhere({ holder: id });
    store.roles.delete(id);
  });
}

/** Gives roles to users: every one of the roles to every one of the users, all of which must exist. */
export function assignRoles(tenant: Tenant, userIds: readonly string[], roleIds: readonly string[]): void {
  const { store } = tenant;
  for (const id of roleIds) getRole(tenant, id);
  for (const id of userIds) {
    if (store.users.get(id) === undefined) {
      throw new TenantError('missing', 'inexistent_user', 'One or more of the users do not exist.');
    }
  }
  store.transaction(() => {
    for (const user of userIds) {
      for (const role of roleIds) {
        store.userRoles.put(JSON.stringify([user, role]), { user_id: user, role_id: role });
      }
    }
  });
}

/** Takes roles from a user; what it did not have is no error. */
export function unassignRoles({ store }: Tenant, userId: string, roleIds: readonly string[]): void {
  store.transaction(() => {
    for (const role of roleIds) store.userRoles.delete(JSON.stringify([userId, role]));
  });
}

export function listUserRoles({ store }: Tenant, userId: string): Role[] {
  return store.userRoles
    .list({ user_id: userId })
    .map(({ role_id: id }) => store.roles.get(id))
    .filter((role) => role !== undefined);
}

/** Reads the body `{ "roles": ["rol_…"] }`. */
export function readRoleIds(body: unknown): string[] {
  return readBody(rolesSchema, body).roles;
}

/** Reads the body `{ "users": ["auth0|…"] }`. */
export function readUserIds(body: unknown): string[] {
  return readBody(usersSchema, body).users;
}

function checkNameIsFree({ store }: Tenant, wanted: string): void {
  if (store.roles.find({ name: wanted }) !== undefined) {
    throw new TenantError('conflict', 'role_conflict', `The role "${wanted}" already exists.`);
  }
}
