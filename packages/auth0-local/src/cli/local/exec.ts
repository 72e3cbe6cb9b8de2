import { CliCommand } from '../command-line/cli-command.js';
import type { GlobalOptions } from '../command-line/global-options.js';
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
    .action(async (words: string[], _options, command: CliCommand) => {
      const { tenant } = command.optsWithGlobals<GlobalOptions>();
      process.exitCode = await runWithCa(await selectLocalTenant(tenant), words);
    });
}
