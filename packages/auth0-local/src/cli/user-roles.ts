import type { Role } from '../tenant/roles.js';
import { tenantAction, type TenantCall } from './command-line/actions.js';
import { CliCommand } from './command-line/cli-command.js';
import { addOutputOptions } from './command-line/global-options.js';
import { readList } from './command-line/option-values.js';
import { addListOptions, type ListOptions } from './resource/list-command.js';
import { itemPath } from './resource/items.js';
import { requireId } from './resource/require-id.js';
import { findRoleId, roleResource } from './resource/role-resource.js';
import { userResource } from './resource/user-resource.js';

/** `auth0 users roles`: the roles of a user. */
export function createUserRolesCommand(): CliCommand {
  return new CliCommand('roles', 'Manage the roles of a user.').with(
    createShowCommand(),
    createChangeCommand({
      name: 'assign',
      alias: 'add',
      method: 'POST',
      description: 'Give roles to a user.',
      doing: 'assign the roles',
    }).examples('auth0 users roles assign ada@example.com --roles admin'),
    createChangeCommand({
      name: 'remove',
      alias: 'rm',
      method: 'DELETE',
      description: 'Take roles from a user.',
      doing: 'remove the roles',
    }).examples('auth0 users roles remove ada@example.com --roles admin'),
  );
}

function createShowCommand(): CliCommand {
  return addListOptions(
    new CliCommand('show', 'Show the roles of a user.')
      .aliases(['list', 'ls'])
      .argument(`[${userResource.argument}]`)
      .examples('auth0 users roles show ada@example.com')
      .action(
        tenantAction<ListOptions, [string | undefined]>(async (call, given) => {
          await showRoles(call, await requireId(call, userResource, given), call.options.number);
        }),
      ),
  );
}

function createChangeCommand({
  name,
  alias,
  method,
  description,
  doing,
}: {
  readonly name: string;
  readonly alias: string;
  readonly method: 'POST' | 'DELETE';
  readonly description: string;
  readonly doing: string;
}): CliCommand {
  return addOutputOptions(
    new CliCommand(name, description)
      .alias(alias)
      .argument(`[${userResource.argument}]`)
      .option('-r, --roles <roles>', 'Ids or names of roles, with commas between them.', readList)
      .action(
        tenantAction<{ readonly roles?: readonly string[] }, [string | undefined]>(async (call, given) => {
          const id = await requireId(call, userResource, given);
          const roles = await readRoles(call);
          await call.management.request(method, rolesPath(id), { doing, body: { roles } });
          await showRoles(call, id, 100);
        }),
      ),
  );
}

async function readRoles(call: TenantCall<{ readonly roles?: readonly string[] }>): Promise<string[]> {
  const { roles } = call.options;
  if (roles === undefined) return [await requireId(call, roleResource, undefined, '--roles')];
  return Promise.all(roles.map((role) => findRoleId(call.management, role)));
}

async function showRoles({ output, management }: TenantCall, id: string, number: number): Promise<void> {
  const roles = await management.list<Role>(rolesPath(id), 'roles', {
    doing: 'list the roles of the user',
    number,
  });
  output.heading(`roles of ${id} (${roles.length})`);
  output.list(
    roles,
    roleResource.listFields,
    "No roles available. Use 'auth0 users roles assign' to add one.",
  );
}

function rolesPath(id: string): string {
  return `${itemPath(userResource, id)}/roles`;
}
