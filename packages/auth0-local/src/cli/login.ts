import { action } from './command-line/actions.js';
import { CliCommand } from './command-line/cli-command.js';
import { CommandError, nameTenant } from './command-line/command-error.js';
import { readConfig, saveLogin, writeConfig } from './connection/logins.js';
import { requestManagementToken, withToken } from './connection/management-token.js';

interface LoginOptions {
  readonly domain?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** `auth0 login`: lets the other commands work with a real tenant. */
export function createLoginCommand(): CliCommand {
  return new CliCommand(
    'login',
    'Let the other commands work with a real tenant. It needs a machine to machine application there that may use the Management API. Tenants on this machine need no login.',
  )
    .option('--domain <domain>', 'The domain of the tenant, like example.eu.auth0.com.')
    .option('--client-id <id>', 'The application.')
    .option('--client-secret <secret>', 'Its secret. At a terminal it is better asked for.')
    .action(
      action<LoginOptions>(async ({ options, output, prompts }) => {
        const domain = readDomain(
          options.domain ?? (await prompts.text({ message: 'Domain of the tenant', flag: '--domain' })),
        );
        const login = {
          domain,
          client_id: options.clientId ?? (await prompts.text({ message: 'Client id', flag: '--client-id' })),
          client_secret:
            options.clientSecret ??
            (await prompts.secret({ message: 'Client secret', flag: '--client-secret' })),
        };
        try {
          saveLogin(withToken(login, await requestManagementToken(login, output.debug)));
          writeConfig({ ...readConfig(), tenant: domain });
        } catch (error) {
          throw nameTenant(error, domain);
        }
        output.heading(`logged in to ${domain}`);
        output.note("The other commands go there from now on. 'auth0 tenants use' chooses another.");
      }),
    )
    .examples(
      'auth0 login',
      'auth0 login --domain example.eu.auth0.com --client-id <client-id> --client-secret <client-secret>',
    );
}

/** A domain is a host; a port is for tests against another machine's tenant. */
function readDomain(given: string): string {
  const text = given.trim();
  if (/^http:/i.test(text)) {
    throw new CommandError(`A login needs https, and ${text} is http. Tenants on this machine need no login`);
  }
  const domain = text
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase();
  const isHost = URL.canParse(`https://${domain}`) && new URL(`https://${domain}`).host === domain;
  if (isHost) return domain;
  throw new CommandError(`${JSON.stringify(given)} is no domain. Give it like example.eu.auth0.com`);
}
