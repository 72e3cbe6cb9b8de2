import { action } from './command-line/actions.js';
import { CliCommand } from './command-line/cli-command.js';
import { CommandError } from './command-line/command-error.js';
import { forgetLogin, readConfig } from './connection/logins.js';

/** `auth0 logout`: forgets a login. */
export function createLogoutCommand(): CliCommand {
  return new CliCommand('logout', 'Forget the login to a real tenant.')
    .argument('[domain]', 'The tenant, if there are several logins.')
    .action(
      action<object, [string | undefined]>(async ({ output, prompts }, given) => {
        const domains = readConfig().logins.map(({ domain }) => domain);
        const [only, ...others] = domains;
        if (only === undefined) throw new CommandError('There is no login');
        const domain =
          given ??
          (others.length === 0
            ? only
            : await prompts.choose({ message: 'Tenant', flag: '<domain>' }, async () =>
                domains.map((value) => ({ value, label: value })),
              ));
        if (!domains.includes(domain)) {
          throw new CommandError(`There is no login to '${domain}'. There are ${domains.join(', ')}`);
        }
        forgetLogin(domain);
        output.heading(`logged out of ${domain}`);
      }),
    )
    .examples('auth0 logout', 'auth0 logout example.eu.auth0.com');
}
