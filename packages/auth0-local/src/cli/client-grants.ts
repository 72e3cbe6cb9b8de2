import { Option } from 'commander';
import { tenantAction, type TenantCall } from './command-line/actions.js';
import { BooleanOption } from './command-line/boolean-option.js';
import { CliCommand } from './command-line/cli-command.js';
import { CommandError } from './command-line/command-error.js';
import { addOutputOptions } from './command-line/global-options.js';
import { readScopeList } from './command-line/option-values.js';
import { apiResource } from './resource/api-resource.js';
import { appResource } from './resource/app-resource.js';
import { clientGrantResource } from './resource/client-grant-resource.js';
import { createDeleteCommand } from './resource/delete-command.js';
import { createListCommand } from './resource/list-command.js';
import { createItem, updateItem } from './resource/change-item.js';
import { fetchItem, listItems } from './resource/items.js';
import { requireId } from './resource/require-id.js';
import { createShowCommand } from './resource/show-command.js';

/** `auth0 client-grants`: which application may have tokens for which API. */
export function createClientGrantsCommand(): CliCommand {
  return new CliCommand(
    'client-grants',
    'Manage client grants: which application may have which scopes of which API.',
  ).with(
    createCreateCommand(),
    createGrantListCommand(),
    createShowCommand(clientGrantResource),
    createUpdateCommand(),
    createDeleteCommand(clientGrantResource).examples('auth0 client-grants delete <client-grant-id> --force'),
  );
}

interface GrantOptions {
  /** False where `--no-scopes` says so. */
  readonly scopes?: readonly string[] | false;
  readonly allowAllScopes?: boolean;
  readonly organizationUsage?: string;
  readonly allowAnyOrganization?: boolean;
}

interface SubjectOptions {
  readonly clientId?: string;
  readonly audience?: string;
  readonly subjectType?: string;
}

function createCreateCommand(): CliCommand {
  const command = addSubjectOptions(
    new CliCommand('create', 'Create a client grant. At a terminal, asks for what is missing.'),
  );
  return addGrantOptions(command)
    .action(
      tenantAction<GrantOptions & SubjectOptions>(async (call) => {
        const { options } = call;
        const { clientId = await chooseApp(call), audience = await chooseApi(call) } = options;
        if (options.scopes) await checkScopes(call, audience, options.scopes);
        await createItem(call, clientGrantResource, {
          client_id: clientId,
          audience,
          subject_type: options.subjectType,
          ...readBody(options),
        });
      }),
    )
    .examples(
      'auth0 client-grants create --client-id <client-id> --audience https://my-express-api.example.com --allow-all-scopes',
      'auth0 client-grants create -c <client-id> -a urn:orders -s read:orders --subject-type user',
    );
}

function createGrantListCommand(): CliCommand {
  const command = createListCommand(clientGrantResource, {
    readQuery: ({ clientId, audience, subjectType }: SubjectOptions) => {
      return { client_id: clientId, audience, subject_type: subjectType };
    },
  });
  return addSubjectOptions(command).examples(
    'auth0 client-grants list',
    'auth0 client-grants ls --audience urn:orders --json',
  );
}

function createUpdateCommand(): CliCommand {
  const command = new CliCommand(
    'update',
    'Change a client grant. Its application and its API cannot change.',
  );
  return addGrantOptions(command.argument(`[${clientGrantResource.argument}]`))
    .addOption(new Option('--no-scopes', 'Take all scopes away.'))
    .action(
      tenantAction<GrantOptions, [string | undefined]>(async (call, given) => {
        const id = await requireId(call, clientGrantResource, given);
        const { scopes } = call.options;
        if (scopes) {
          const { audience } = await fetchItem(call.management, clientGrantResource, id);
          await checkScopes(call, audience, scopes);
        }
        await updateItem(call, clientGrantResource, id, readBody(call.options));
      }),
    )
    .examples(
      'auth0 client-grants update <client-grant-id> --scopes read:orders,write:orders',
      'auth0 client-grants update <client-grant-id> --allow-all-scopes',
    );
}

function addSubjectOptions(command: CliCommand): CliCommand {
  return command
    .option('-c, --client-id <client-id>', 'The application.')
    .option('-a, --audience <identifier>', 'The API.')
    .option('--subject-type <type>', 'In whose name it gets tokens: client (its own) or user.');
}

function addGrantOptions(command: CliCommand): CliCommand {
  command
    .addOption(
      new Option('-s, --scopes <scopes>', 'The scopes it may have, with commas between them.')
        .argParser(readScopeList)
        .conflicts('allowAllScopes'),
    )
    .addOption(new BooleanOption('--allow-all-scopes', 'Every scope that the API has, now and later.'))
    .option('-o, --organization-usage <usage>', 'Whether organizations can be used: deny, allow or require.')
    .addOption(new BooleanOption('--allow-any-organization', 'Whether any organization can be used.'));
  return addOutputOptions(command);
}

function readBody({ scopes, allowAllScopes, organizationUsage, allowAnyOrganization }: GrantOptions): object {
  if (allowAnyOrganization && organizationUsage === 'deny') {
    throw new CommandError(
      "--allow-any-organization can only be enabled when --organization-usage is 'allow' or 'require'",
    );
  }
  return {
    scope: scopes === false ? [] : scopes,
    // A list of scopes is the end of all scopes.
    allow_all_scopes: allowAllScopes ?? (scopes === undefined ? undefined : false),
    organization_usage: organizationUsage,
    allow_any_organization: allowAnyOrganization,
  };
}

/** The tenant would only say that there is one that the API does not have. */
async function checkScopes(
  { management }: TenantCall,
  audience: string,
  scopes: readonly string[],
): Promise<void> {
  const api = await fetchItem(management, apiResource, audience);
  const unknown = scopes.filter((scope) => !api.scopes?.some(({ value }) => value === scope));
  if (unknown.length === 0) return;
  throw new CommandError(
    `These scopes are not defined on the API '${audience}': ${unknown.join(', ')}. 'auth0 apis update' adds scopes`,
  );
}

async function chooseApp(call: TenantCall): Promise<string> {
  return requireId(call, appResource, undefined, '--client-id');
}

/** A grant names an API by its identifier. */
async function chooseApi({ prompts, management }: TenantCall): Promise<string> {
  return prompts.choose({ message: 'API', flag: '--audience' }, async () => {
    const apis = await listItems(management, apiResource, 1000);
    return apis.map(({ name, identifier }) => ({
      value: identifier,
      label: name ?? identifier,
      hint: identifier,
    }));
  });
}
