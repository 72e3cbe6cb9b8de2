import { itemPath } from './management.ts';
import { request } from './request.ts';
import { invalidate } from './use-query.ts';

/** Gives a role to a user. */
export async function assignRole(userId: string, roleId: string): Promise<void> {
  await changeRoles('POST', userId, roleId);
}

/** Takes a role from a user. */
export async function unassignRole(userId: string, roleId: string): Promise<void> {
  await changeRoles('DELETE', userId, roleId);
}

async function changeRoles(method: 'POST' | 'DELETE', userId: string, roleId: string): Promise<void> {
  const user = itemPath('/v2/users', userId);
  try {
    await request(method, `${user}/roles`, { roles: [roleId] });
  } finally {
    await invalidate(`${user}/`, itemPath('/v2/roles', roleId));
  }
}
