import { action } from '../command-line/actions.js';
import { CliCommand } from '../command-line/cli-command.js';
import { selectLocalTenant } from '../connection/select-tenant.js';
import { runWithCa } from './run-with-ca.js';

/** `auth0 local exec`. */
export function createExecCommand(): CliCommand {
  return new CliCommand(
    'exec',
    'Run a command that trusts the certificates of a local tenant, with AUTH0_DOMAIN set.',
  )
    .argument('<command...>', 'The command and its arguments, behind --.')
    .examples(
      'auth0 local exec -- npm run dev',
      'auth0 local exec -- curl https://localhost:4443/.well-known/jwks.json',
    )
    .action(
      action<object, [string[]]>(async ({ options }, words) => {
        process.exitCode = await runWithCa(await selectLocalTenant(options.tenant), words);
      }),
    );
}
