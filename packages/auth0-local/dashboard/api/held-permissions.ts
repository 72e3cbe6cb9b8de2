import type { PermissionSource, PermissionView } from '../../src/tenant/permissions.ts';
import { useItems } from './management.ts';
import { request } from './request.ts';
import { invalidate, setData, type Query } from './use-query.ts';

/** A permission that a role or a user has; of a user, also where it comes from. */
export interface HeldPermission extends PermissionView {
  readonly sources?: readonly PermissionSource[];
}

/** A permission as it is given and taken. */
export type PermissionKey = Pick<PermissionView, 'resource_server_identifier' | 'permission_name'>;

/**
 * The permissions of a role or a user.
 *
 * @param holder - Its path, like `/v2/roles/rol_1`.
 */
export function useHeldPermissions(holder: string): Query<readonly HeldPermission[]> {
  return useItems(`${holder}/permissions`, 'permissions');
}

/** Gives permissions to a role or a user. */
export async function addPermissions(holder: string, permissions: readonly PermissionKey[]): Promise<void> {
  await changePermissions('POST', holder, permissions);
}

/** Takes a permission from a role or a user; it is gone from the page at once. */
export async function removePermission(holder: string, permission: PermissionKey): Promise<void> {
  const { resource_server_identifier: identifier, permission_name: name } = permission;
  setData<readonly HeldPermission[]>(`${holder}/permissions`, (held) =>
    held.flatMap((other) => {
      if (other.resource_server_identifier !== identifier || other.permission_name !== name) return [other];
      const sources = other.sources?.filter(({ source_type: type }) => type === 'ROLE') ?? [];
      return sources.length > 0 ? [{ ...other, sources }] : [];
    }),
  );
  await changePermissions('DELETE', holder, [permission]);
}

async function changePermissions(
  method: 'POST' | 'DELETE',
  holder: string,
  permissions: readonly PermissionKey[],
): Promise<void> {
  const keys = permissions.map(({ resource_server_identifier, permission_name }) => ({
    resource_server_identifier,
    permission_name,
  }));
  try {
    await request(method, `${holder}/permissions`, { permissions: keys });
  } finally {
    // Users have those of their roles.
    await invalidate(`${holder}/permissions`, '/v2/users/');
  }
}
