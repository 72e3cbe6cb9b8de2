import type { Role } from '../../tenant/roles.js';
import { CommandError } from '../command-line/command-error.js';
import type { ManagementClient } from '../connection/management-client.js';
import { listItems } from './items.js';
import type { Resource } from './resource.js';

/** Roles: names for several permissions. */
export const roleResource: Resource<Role> = {
  command: 'roles',
  noun: 'role',
  plural: 'roles',
  title: 'role',
  argument: 'role-id|role-name',
  path: 'roles',
  listKey: 'roles',
  idOf: ({ id }) => id,
  labelOf: ({ name }) => name,
  findId: findRoleId,
  listFields: [
    ['ID', ({ id }) => id],
    ['NAME', ({ name }) => name],
    ['DESCRIPTION', ({ description }) => description],
  ],
  detailFields: [
    ['ID', ({ id }) => id],
    ['NAME', ({ name }) => name],
    ['DESCRIPTION', ({ description }) => description],
  ],
};

/** A role is named by the id, like `rol_…`, or by the name. */
export async function findRoleId(management: ManagementClient, given: string): Promise<string> {
  if (given.startsWith('rol_')) return given;
  const roles = await listItems(management, roleResource, 1000);
  const found = roles.find(({ name }) => name === given);
  if (found === undefined)
    throw new CommandError(
      `There is no role with the name '${given}'. 'auth0 roles list' shows what there is`,
    );
  return found.id;
}
