import { tenantAction } from './command-line/actions.js';
import { CliCommand } from './command-line/cli-command.js';
import { addOutputOptions } from './command-line/global-options.js';
import { createDeleteCommand } from './resource/delete-command.js';
import { createListCommand } from './resource/list-command.js';
import { createItem, updateItem } from './resource/change-item.js';
import { requireId } from './resource/require-id.js';
import { roleResource } from './resource/role-resource.js';
import { createShowCommand } from './resource/show-command.js';
import { createRolePermissionsCommand } from './role-permissions.js';

/** `auth0 roles`: names for several permissions. */
export function createRolesCommand(): CliCommand {
  return new CliCommand('roles', 'Manage roles: names for several permissions, which users have.').with(
    createCreateCommand(),
    createListCommand(roleResource).examples('auth0 roles list'),
    createShowCommand(roleResource).examples('auth0 roles show admin'),
    createUpdateCommand(),
    createDeleteCommand(roleResource).examples('auth0 roles delete admin --force'),
    createRolePermissionsCommand(),
  );
}

interface RoleOptions {
  readonly name?: string;
  readonly description?: string;
}

function createCreateCommand(): CliCommand {
  return addRoleOptions(new CliCommand('create', 'Create a role. At a terminal, asks for what is missing.'))
    .action(
      tenantAction<RoleOptions>(async (call) => {
        const { name = await call.prompts.text({ message: 'Name', flag: '--name' }), description } =
          call.options;
        await createItem(call, roleResource, { name, description });
      }),
    )
    .examples('auth0 roles create --name admin --description "May do everything"');
}

function createUpdateCommand(): CliCommand {
  const command = new CliCommand('update', 'Change a role. What is not named stays as it is.');
  return addRoleOptions(command.argument(`[${roleResource.argument}]`))
    .action(
      tenantAction<RoleOptions, [string | undefined]>(async (call, given) => {
        const id = await requireId(call, roleResource, given);
        const { name, description } = call.options;
        await updateItem(call, roleResource, id, { name, description });
      }),
    )
    .examples('auth0 roles update admin --description "May do nearly everything"');
}

function addRoleOptions(command: CliCommand): CliCommand {
  command.option('-n, --name <name>', 'Its name.').option('-d, --description <text>', 'What it is for.');
  return addOutputOptions(command);
}
