import { applicationDefaults, applicationTypes } from '../tenant/application-types.js';
import { addAppOptions, findAppType, readAppBody, type AppOptions } from './app-options.js';
import { tenantAction } from './command-line/actions.js';
import { CliCommand } from './command-line/cli-command.js';
import { appResource } from './resource/app-resource.js';
import { createDeleteCommand } from './resource/delete-command.js';
import { createListCommand } from './resource/list-command.js';
import { createOpenCommand } from './resource/open-command.js';
import { createItem, updateItem } from './resource/change-item.js';
import { requireId } from './resource/require-id.js';
import { createShowCommand } from './resource/show-command.js';

/** `auth0 apps`: the applications of a tenant, in the Management API's words its clients. */
export function createAppsCommand(): CliCommand {
  return new CliCommand('apps', 'Manage applications: who can ask for tokens.').with(
    createCreateCommand(),
    createListCommand(appResource).examples('auth0 apps list', 'auth0 apps ls --json'),
    createShowCommand(appResource).examples(
      'auth0 apps show <client-id>',
      'auth0 apps show <client-id> --reveal-secrets',
    ),
    createUpdateCommand(),
    createDeleteCommand(appResource).examples('auth0 apps delete <client-id> --force'),
    createOpenCommand(appResource, (id) => `applications/${id}/settings`),
  );
}

function createCreateCommand(): CliCommand {
  return addAppOptions(
    new CliCommand('create', 'Create an application. At a terminal, asks for what is missing.'),
  )
    .option('--resource-server-identifier <identifier>', 'The API that it is, for the type resource_server.')
    .action(
      tenantAction<AppOptions & { readonly resourceServerIdentifier?: string }>(async (call) => {
        const { options, prompts } = call;
        const name = options.name ?? (await prompts.text({ message: 'Name', flag: '--name' }));
        const type = options.type ?? (await prompts.choose({ message: 'Type', flag: '--type' }, listTypes));
        const defaults = applicationDefaults(findAppType(type).appType);
        const { grant_types: given = defaults.grant_types, ...body } = readAppBody({
          ...options,
          name,
          type,
        });
        await createItem(call, appResource, {
          ...defaults,
          ...body,
          grant_types: given,
          resource_server_identifier: options.resourceServerIdentifier,
        });
      }),
    )
    .examples(
      'auth0 apps create --name "My CLI" --type m2m',
      'auth0 apps create -n "My website" -t regular -c http://localhost:3000/callback --reveal-secrets',
      'auth0 apps create -n "My page" -t spa -c http://localhost:5173 -w http://localhost:5173 --json',
    );
}

function createUpdateCommand(): CliCommand {
  return addAppOptions(new CliCommand('update', 'Change an application. What is not named stays as it is.'))
    .argument(`[${appResource.argument}]`)
    .action(
      tenantAction<AppOptions, [string | undefined]>(async (call, given) => {
        const id = await requireId(call, appResource, given);
        await updateItem(call, appResource, id, readAppBody(call.options));
      }),
    )
    .examples(
      'auth0 apps update <client-id> --callbacks http://localhost:3000/callback,http://localhost:8484',
      'auth0 apps update <client-id> --grants code,refresh-token,password',
      'auth0 apps update <client-id> --metadata team=orders --metadata tier=gold',
    );
}

async function listTypes(): Promise<{ readonly value: string; readonly label: string }[]> {
  return Object.entries(applicationTypes).map(([value, { label }]) => ({ value, label }));
}
