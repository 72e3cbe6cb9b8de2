import { tenantAction, type TenantCall } from './command-line/actions.js';
import { CliCommand } from './command-line/cli-command.js';
import { CommandError } from './command-line/command-error.js';
import { addOutputOptions } from './command-line/global-options.js';
import { readPairs } from './command-line/option-values.js';
import { readPipe } from './command-line/read-pipe.js';
import { describeRefusal } from './connection/send-request.js';
import { createForceOption, isConfirmed, type ForceOptions } from './resource/confirm.js';

interface ApiOptions extends ForceOptions {
  readonly data?: string;
  readonly query?: Readonly<Record<string, string>>;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** `auth0 api`: a request to the Management API, as it is. */
export function createApiCommand(): CliCommand {
  const command = new CliCommand(
    'api',
    'Send a request to the Management API, and print the answer. Without a method: post if there is data, get if not.',
  )
    .argument('<method>', `One of ${methods.join(', ')}; can be left out.`)
    .argument('[path]', 'The path below /api/v2, like clients.')
    .option('-d, --data <json>', 'The body. For post, put and patch it can be piped in as well.')
    .option('-q, --query <name=value>', 'A parameter of the query. Can be given several times.', readPairs)
    .addOption(createForceOption());
  return addOutputOptions(command)
    .action(
      tenantAction<ApiOptions, [string, string | undefined]>(async (call, first, second) => {
        const { output, management, options } = call;
        const { method, path } = readRequest(first, second, options);
        const body = await readData(method, options);
        if (method === 'DELETE' && !(await isMeant(call, path))) return;
        const { query } = options;
        const answer = await management.send(method, path, { body, ...(query !== undefined && { query }) });
        if (answer.body !== undefined) output.json(answer.body);
        if (answer.status >= 400) {
          throw new CommandError(
            `${method} ${path} failed with ${answer.status}: ${describeRefusal(answer)}`,
          );
        }
      }),
    )
    .examples(
      'auth0 api get clients --query fields=name,client_id --query include_fields=true',
      'auth0 api post roles --data \'{"name":"admin"}\'',
      'auth0 api post keys/signing/rotate',
      'cat client.json | auth0 api post clients',
      "auth0 api delete 'users/auth0|65f0…' --force",
    );
}

function readRequest(
  first: string,
  second: string | undefined,
  { data }: ApiOptions,
): { readonly method: string; readonly path: string } {
  if (second === undefined) return { method: data === undefined ? 'GET' : 'POST', path: first };
  if (methods.includes(first.toLowerCase())) return { method: first.toUpperCase(), path: second };
  throw new CommandError(
    `There is no method ${JSON.stringify(first)}. The methods are ${methods.join(', ')}`,
  );
}

async function readData(method: string, { data }: ApiOptions): Promise<unknown> {
  const text = data ?? (['POST', 'PUT', 'PATCH'].includes(method) ? await readPipe() : undefined);
  if (text === undefined || text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`The data is no JSON: ${(error as Error).message}`);
  }
}

async function isMeant(call: TenantCall<ForceOptions>, path: string): Promise<boolean> {
  const isYes = await isConfirmed(call, `This deletes ${path}.`);
  if (!isYes) call.output.note('Nothing was deleted.');
  return isYes;
}
