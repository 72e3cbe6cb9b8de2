import { Option } from 'commander';
import { describeApplicationType } from '../../tenant/application-types.js';
import { tenantAction, type Call } from '../command-line/actions.js';
import { CliCommand } from '../command-line/cli-command.js';
import { addOutputOptions } from '../command-line/global-options.js';
import { readPairs, readPort, readScopeList } from '../command-line/option-values.js';
import { chooseFlow } from './choose-flow.js';
import { findTestApi } from './find-test-api.js';
import { findTestApplication } from './find-test-application.js';
import { tokenFields, type TokenOptions, type TokenResponse } from './token-options.js';

/** `auth0 test token`: an access token, to try an API with. */
export function createTestTokenCommand(): CliCommand {
  const command = new CliCommand(
    'token',
    'Get an access token. Without an application, "<API> (Test Application)" gets it, which is created if need be.',
  )
    .argument(
      '[client-id]',
      'The application. Machines get a token in their own name, others in that of a user.',
    )
    .option('-a, --audience <identifier>', 'The API, by its identifier.')
    .option('--identifier <identifier>', 'The same.')
    .option(
      '-s, --scopes <scopes>',
      'What the token is to allow, with commas between; all there is, if none.',
      readScopeList,
    )
    .option('-u, --user <email>', 'A user to log in with the password grant, if the application has it.')
    .option('--password <password>', 'Their password. At a terminal it is better asked for.')
    .option(
      '-p, --params <name=value>',
      'Further parameters of the login page. Can be given several times.',
      readPairs,
    )
    .option('-o, --organization <id>', 'The organization to log in to.')
    .option('--callback-port <port>', 'Where the browser comes back to after the login.', readPort, 8484)
    // Scripts for the real command have it; here there is nothing to confirm.
    .addOption(new Option('--force').hideHelp());
  return addOutputOptions(command)
    .action(
      tenantAction<TokenOptions, [string | undefined]>(async (call, clientId) => {
        const api = await findTestApi(call, clientId);
        const application = await findTestApplication(call, api, clientId);
        call.output.note(`Domain: ${call.tenant.name}`);
        call.output.note(`Client ID: ${application.client_id}`);
        call.output.note(`Type: ${describeApplicationType(application.app_type)}\n`);
        const requestToken = chooseFlow(call, application);
        const token = await requestToken(call, application, api);
        noteMissingScopes(call, token);
        call.output.heading(`token for ${api?.identifier ?? 'the profile of the user'}`);
        call.output.details(token, tokenFields);
      }),
    )
    .examples(
      'auth0 test token --identifier https://my-express-api.example.com',
      'auth0 test token --identifier https://my-express-api.example.com --scopes read:messages --json',
      'auth0 test token <client-id> --identifier urn:orders --user ada@example.com',
    );
}

/** A tenant gives what it may of what was asked for, and says no word of the rest. */
function noteMissingScopes({ options, output }: Call<TokenOptions>, { scope = '' }: TokenResponse): void {
  const granted = new Set(scope.split(' '));
  const missing = options.scopes?.filter((name) => !granted.has(name)) ?? [];
  if (missing.length === 0) return;
  output.note(
    `Without ${missing.join(' ')}: the tenant did not grant it. The log says why: auth0 local logs\n`,
  );
}
