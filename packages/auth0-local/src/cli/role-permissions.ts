import type { PermissionView } from '../tenant/permissions.js';
import { tenantAction, type TenantCall } from './command-line/actions.js';
import { CliCommand } from './command-line/cli-command.js';
import { CommandError } from './command-line/command-error.js';
import { readScopeList } from './command-line/option-values.js';
import { apiResource } from './resource/api-resource.js';
import { addListOptions, type ListOptions } from './resource/list-command.js';
import { fetchItem, itemPath } from './resource/items.js';
import { requireId } from './resource/require-id.js';
import { roleResource } from './resource/role-resource.js';

/** `auth0 roles permissions`: the permissions of a role. */
export function createRolePermissionsCommand(): CliCommand {
  return new CliCommand('permissions', 'Manage the permissions of a role.').with(
    createChangeCommand({
      name: 'add',
      method: 'POST',
      description: 'Give permissions to a role.',
      done: ['Added', 'to'],
    }),
    createListCommand(),
    createChangeCommand({
      name: 'remove',
      method: 'DELETE',
      description: 'Take permissions from a role.',
      done: ['Removed', 'from'],
    }).alias('rm'),
  );
}

interface PermissionOptions {
  readonly apiId?: string;
  readonly resourceServerIdentifier?: string;
  readonly permissions?: readonly string[];
}

function createChangeCommand({
  name,
  method,
  description,
  done,
}: {
  readonly name: string;
  readonly method: 'POST' | 'DELETE';
  readonly description: string;
  readonly done: readonly [verb: string, preposition: string];
}): CliCommand {
  return new CliCommand(name, description)
    .argument(`[${roleResource.argument}]`)
    .option('-a, --api-id <api>', 'The API, by its id or its identifier.')
    .option('--resource-server-identifier <identifier>', 'The same.')
    .option('-p, --permissions <permissions>', 'The permissions, with commas between them.', readScopeList)
    .examples(
      `auth0 roles permissions ${name} admin --api-id https://my-express-api.example.com --permissions read:admin`,
    )
    .action(
      tenantAction<PermissionOptions, [string | undefined]>(async (call, given) => {
        const { management, output } = call;
        const id = await requireId(call, roleResource, given);
        const { identifier, names } = await readPermissions(call);
        const permissions = names.map((permission) => {
          return { resource_server_identifier: identifier, permission_name: permission };
        });
        const doing = `${name} the permissions`;
        await management.request(method, `${itemPath(roleResource, id)}/permissions`, {
          doing,
          body: { permissions },
        });
        const role = await fetchItem(management, roleResource, id);
        output.note(
          `${done[0]} permissions ${names.join(', ')} (${identifier}) ${done[1]} role ${role.name}.`,
        );
      }),
    );
}

function createListCommand(): CliCommand {
  return addListOptions(
    new CliCommand('list', 'List the permissions of a role.')
      .alias('ls')
      .argument(`[${roleResource.argument}]`)
      .examples('auth0 roles permissions list admin')
      .action(
        tenantAction<ListOptions, [string | undefined]>(async (call, given) => {
          const id = await requireId(call, roleResource, given);
          const permissions = await call.management.list<PermissionView>(
            `${itemPath(roleResource, id)}/permissions`,
            'permissions',
            { doing: `list the permissions of the role '${id}'`, number: call.options.number },
          );
          call.output.heading(`role permissions (${permissions.length})`);
          call.output.list(
            permissions,
            [
              ['API IDENTIFIER', (permission) => permission.resource_server_identifier],
              ['API NAME', (permission) => permission.resource_server_name],
              ['PERMISSION NAME', (permission) => permission.permission_name],
              ['DESCRIPTION', (permission) => permission.description],
            ],
            "No role permissions available. Use 'auth0 roles permissions add' to add one.",
          );
        }),
      ),
  );
}

async function readPermissions(
  call: TenantCall<PermissionOptions>,
): Promise<{ readonly identifier: string; readonly names: readonly string[] }> {
  const { options, management, prompts } = call;
  const given = options.apiId ?? options.resourceServerIdentifier;
  const api = await fetchItem(management, apiResource, await requireId(call, apiResource, given, '--api-id'));
  if (options.permissions?.length === 0) throw new CommandError('--permissions names none');
  const names = options.permissions ?? [
    await prompts.choose({ message: 'Permission', flag: '--permissions' }, async () =>
      (api.scopes ?? []).map(({ value, description }) => {
        return { value, label: value, ...(description !== undefined && { hint: description }) };
      }),
    ),
  ];
  return { identifier: api.identifier, names };
}
