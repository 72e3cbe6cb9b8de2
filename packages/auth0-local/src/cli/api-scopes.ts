import { tenantAction } from './command-line/actions.js';
import { CliCommand } from './command-line/cli-command.js';
import { addOutputOptions } from './command-line/global-options.js';
import { apiResource } from './resource/api-resource.js';
import { fetchItem } from './resource/items.js';
import { requireId } from './resource/require-id.js';

/** `auth0 apis scopes`: the permissions that an API defines. */
export function createApiScopesCommand(): CliCommand {
  return new CliCommand('scopes', 'See the permissions of an API.').with(createListCommand());
}

function createListCommand(): CliCommand {
  return addOutputOptions(
    new CliCommand('list', 'List the permissions of an API.')
      .alias('ls')
      .argument(`[${apiResource.argument}]`)
      .examples('auth0 apis scopes list https://my-express-api.example.com')
      .action(
        tenantAction<object, [string | undefined]>(async (call, given) => {
          const id = await requireId(call, apiResource, given);
          const { scopes = [], identifier } = await fetchItem(call.management, apiResource, id);
          call.output.heading(`scopes of ${identifier} (${scopes.length})`);
          call.output.list(
            scopes,
            [
              ['SCOPE', ({ value }) => value],
              ['DESCRIPTION', ({ description }) => description],
            ],
            `No scopes available. Use 'auth0 apis update ${identifier} --scopes read:things' to add one.`,
          );
        }),
      ),
    { csv: true },
  );
}
