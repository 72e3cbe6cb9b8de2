import type { TokenDialect } from '../tenant/apis.js';
import { createApiScopesCommand } from './api-scopes.js';
import { tenantAction, type TenantCall } from './command-line/actions.js';
import { BooleanOption } from './command-line/boolean-option.js';
import { CliCommand } from './command-line/cli-command.js';
import { addOutputOptions } from './command-line/global-options.js';
import { readJsonObject, readScopeList, readSeconds } from './command-line/option-values.js';
import { apiResource } from './resource/api-resource.js';
import { createDeleteCommand } from './resource/delete-command.js';
import { createListCommand } from './resource/list-command.js';
import { createOpenCommand } from './resource/open-command.js';
import { createItem, updateItem } from './resource/change-item.js';
import { fetchItem } from './resource/items.js';
import {
  addPossessionOptions,
  isPossessionChanged,
  readPossession,
  type PossessionOptions,
} from './proof-of-possession.js';
import { requireId } from './resource/require-id.js';
import { addRevealOption } from './resource/secrets.js';
import { createShowCommand } from './resource/show-command.js';

/** `auth0 apis`: the APIs of a tenant, in the Management API's words its resource servers. */
export function createApisCommand(): CliCommand {
  return new CliCommand(
    'apis',
    'Manage APIs: what tokens are for, and which permissions they can have.',
  ).with(
    createCreateCommand(),
    createListCommand(apiResource).examples('auth0 apis list', 'auth0 apis ls --json'),
    createShowCommand(apiResource).examples('auth0 apis show https://my-express-api.example.com'),
    createUpdateCommand(),
    createDeleteCommand(apiResource).examples('auth0 apis delete https://my-express-api.example.com --force'),
    createOpenCommand(apiResource, (id) => `apis/${id}/settings`),
    createApiScopesCommand(),
  );
}

interface ApiOptions extends PossessionOptions {
  readonly name?: string;
  readonly identifier?: string;
  readonly scopes?: readonly string[];
  readonly tokenLifetime?: number;
  readonly offlineAccess?: boolean;
  readonly signingAlg?: string;
  readonly subjectTypeAuthorization?: object;
  readonly enforcePolicies?: boolean;
  readonly tokenDialect?: TokenDialect;
}

function createCreateCommand(): CliCommand {
  const command = new CliCommand('create', 'Create an API. At a terminal, asks for what is missing.')
    .option('-n, --name <name>', 'Its name.')
    .option(
      '-i, --identifier <identifier>',
      'Its identifier, which is the audience of its tokens. It cannot change.',
    );
  return addApiOptions(command)
    .action(
      tenantAction<ApiOptions>(async (call) => {
        const { prompts, options } = call;
        const name = options.name ?? (await prompts.text({ message: 'Name', flag: '--name' }));
        const identifier =
          options.identifier ?? (await prompts.text({ message: 'Identifier', flag: '--identifier' }));
        const scopes = options.scopes?.map((value) => ({ value }));
        const body = { ...readBody({ ...options, name }), proof_of_possession: readPossession(options) };
        await createItem(call, apiResource, { identifier, ...body, scopes });
        describeEnvironment(call, identifier);
      }),
    )
    .examples(
      'auth0 apis create --name "My Express API" --identifier https://my-express-api.example.com',
      'auth0 apis create -n Orders -i urn:orders -s read:orders,write:orders --offline-access',
      'auth0 apis create -n Orders -i urn:orders --enforce-policies --token-dialect access_token_authz --json',
      'auth0 apis create -n Orders -i urn:orders --proof-of-possession dpop --proof-of-possession-required',
    );
}

/** What the server of the API needs to know: the two lines of its `.env`. */
function describeEnvironment({ output, tenant }: TenantCall, identifier: string): void {
  const domain = tenant.kind === 'local' ? tenant.url : tenant.name;
  output.note(`\nFor the .env of your API:\n\nAUTH0_DOMAIN=${domain}\nAUTH0_AUDIENCE=${identifier}`);
}

function createUpdateCommand(): CliCommand {
  const command = new CliCommand('update', 'Change an API. What is not named stays as it is.')
    .argument(`[${apiResource.argument}]`)
    .option('-n, --name <name>', 'Its name.');
  return addApiOptions(command)
    .action(
      tenantAction<ApiOptions, [string | undefined]>(async (call, given) => {
        const id = await requireId(call, apiResource, given);
        const { options, management } = call;
        const { scopes: names } = options;
        const isKnownNeeded = names !== undefined || isPossessionChanged(options);
        const known = isKnownNeeded ? await fetchItem(management, apiResource, id) : undefined;
        // The list replaces the one that is there: what stays keeps its description.
        const scopes = names?.map(
          (value) => known?.scopes?.find((scope) => scope.value === value) ?? { value },
        );
        const possession = readPossession(options, known?.proof_of_possession);
        const body = { ...readBody(options), proof_of_possession: possession, scopes };
        await updateItem(call, apiResource, id, body);
      }),
    )
    .examples(
      'auth0 apis update https://my-express-api.example.com --scopes read:messages,write:messages',
      'auth0 apis update urn:orders --token-lifetime 3600 --offline-access=false',
      'auth0 apis update urn:orders --proof-of-possession none',
      'auth0 apis update urn:orders --subject-type-authorization \'{"user":{"policy":"require_client_grant"}}\'',
    );
}

function addApiOptions(command: CliCommand): CliCommand {
  command
    .option('-s, --scopes <scopes>', 'Its permissions, with commas between them.', readScopeList)
    .option(
      '-l, --token-lifetime <seconds>',
      'How long its tokens are valid.',
      readSeconds('--token-lifetime'),
    )
    .addOption(new BooleanOption('-o, --offline-access', 'Whether there are refresh tokens for it.'))
    .option('--signing-alg <algorithm>', 'How its tokens are signed: RS256, RS512, PS256 or HS256.')
    .option(
      '--subject-type-authorization <json>',
      'Who may have tokens for it, as JSON.',
      readJsonObject('--subject-type-authorization'),
    )
    .addOption(
      new BooleanOption('--enforce-policies', 'Whether users have only the scopes that roles give them.'),
    )
    .option(
      '--token-dialect <dialect>',
      'access_token, access_token_authz, rfc9068_profile or rfc9068_profile_authz.',
    );
  addPossessionOptions(command);
  addRevealOption(command, apiResource);
  return addOutputOptions(command);
}

function readBody(options: ApiOptions): object {
  return {
    name: options.name,
    token_lifetime: options.tokenLifetime,
    allow_offline_access: options.offlineAccess,
    signing_alg: options.signingAlg,
    subject_type_authorization: options.subjectTypeAuthorization,
    enforce_policies: options.enforcePolicies,
    token_dialect: options.tokenDialect,
  };
}
