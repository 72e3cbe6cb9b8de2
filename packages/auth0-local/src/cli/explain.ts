import { explainPastedToken } from '../explain/explain-pasted-token.js';
import type { ExpectedApi, FindApi } from '../explain/suggest-help.js';
import { tenantAction, type TenantCall } from './command-line/actions.js';
import { CliCommand } from './command-line/cli-command.js';
import { CommandError } from './command-line/command-error.js';
import { addOutputOptions } from './command-line/global-options.js';
import { readList, readScopeList } from './command-line/option-values.js';
import { readPipe } from './command-line/read-pipe.js';
import type { KnownTenant } from './connection/select-tenant.js';
import { formatExplanation } from './explain-format.js';
import { apiResource } from './resource/api-resource.js';
import { itemPath } from './resource/items.js';

interface ExplainOptions {
  readonly audience?: string;
  readonly scopes?: readonly string[];
  readonly algorithms?: readonly string[];
}

/** `auth0 explain`: why an API accepts or refuses a token. */
export function createExplainCommand(): CliCommand {
  const command = new CliCommand(
    'explain',
    'Show each check an API makes of an access token, and which one fails. The token is sent to nobody.',
  )
    .argument(
      '[token]',
      'The token, or what it stands in: a header, a curl line, an answer; - or nothing reads it from a pipe.',
    )
    .option('-a, --audience <identifier>', 'The API that is to accept it, by its identifier.')
    .option('-s, --scopes <scopes>', 'Scopes that the API asks for, with commas between.', readScopeList)
    .option(
      '--algorithms <algorithms>',
      'What the API lets tokens be signed with, with commas between; RS256 if none.',
      readList,
    );
  return addOutputOptions(command)
    .action(
      tenantAction<ExplainOptions, [string | undefined]>(async (call, argument) => {
        const { options, output, prompts, tenant } = call;
        const pasted = await readToken(call, argument);
        const audience =
          options.audience ?? (await prompts.text({ message: 'Audience', flag: '--audience' }));
        const explanation = await explainPastedToken({
          pasted,
          audience,
          domain: findDomain(tenant),
          algorithms: options.algorithms,
          scopes: options.scopes,
          fetch: createFetch(call),
          findApi: async () => findApi(call, audience),
        });
        if (options.json || options.jsonCompact) output.json(explanation);
        else {
          output.heading(`token for ${audience}`);
          formatExplanation(explanation).forEach(output.line);
        }
        if (explanation.verdict !== 'accepted') process.exitCode = 1;
      }),
    )
    .examples(
      'auth0 explain <token> --audience https://my-express-api.example.com',
      'auth0 explain <token> --audience https://my-express-api.example.com --scopes read:messages --json',
      'pbpaste | auth0 explain --audience urn:orders',
    );
}

async function readToken({ prompts }: TenantCall, argument: string | undefined): Promise<string> {
  if (argument !== undefined && argument !== '-') return argument;
  const piped = await readPipe();
  if (piped === undefined) return prompts.secret({ message: 'Access token', flag: '<token>' });
  // The line end of a program that has printed the token was not pasted.
  const token = piped.trimEnd();
  if (token === '') throw new CommandError('Nothing was piped in. The token can also be the first argument');
  return token;
}

/** Whoever may not read the APIs of a tenant can have a token explained all the same. */
async function findApi({ management }: TenantCall, audience: string): ReturnType<FindApi> {
  const answer = await management.send('GET', itemPath(apiResource, audience)).catch(() => undefined);
  if (answer?.status === 404) return 'missing';
  return answer?.status === 200 ? (answer.body as ExpectedApi) : 'unknown';
}

/** What `AUTH0_DOMAIN` is for this tenant: its listener, unless it has an issuer with a name of its own. */
function findDomain(tenant: KnownTenant): string {
  if (tenant.kind !== 'local' || tenant.record.issuer === `${tenant.record.url}/`) return tenant.url;
  return new URL(tenant.record.issuer).origin;
}

/** Fetches from where the tenant listens: an issuer with a name of its own need not be known to this machine. */
function createFetch({ tenant, output }: TenantCall): typeof fetch {
  const domain = findDomain(tenant);
  return (input, init) => {
    const url = (input instanceof Request ? input.url : String(input)).replace(domain, tenant.url);
    output.debug(`Sending the following request: GET ${url}`);
    return fetch(url, init);
  };
}
