import { action } from './command-line/actions.js';
import { BooleanOption } from './command-line/boolean-option.js';
import { CliCommand } from './command-line/cli-command.js';
import { addOutputOptions } from './command-line/global-options.js';
import { readConfig, writeConfig } from './connection/logins.js';
import { findNamed, findTenants } from './connection/select-tenant.js';
import { mark } from './terminal/mark.js';

/** `auth0 tenants`: which tenants there are, and which of them commands are for. */
export function createTenantsCommand(): CliCommand {
  return new CliCommand('tenants', 'See the tenants, and choose the one that commands are for.').with(
    createListCommand(),
    createUseCommand(),
  );
}

function createListCommand(): CliCommand {
  return addOutputOptions(
    new CliCommand('list', 'List the tenants that run here or were logged in to.')
      .alias('ls')
      .examples('auth0 tenants list')
      .action(
        action(async ({ output }) => {
          const config = readConfig();
          const tenants = (await findTenants(config)).map((tenant) => ({
            name: tenant.name,
            url: tenant.url,
            kind: tenant.kind === 'local' ? 'this machine' : 'login',
            data_dir: tenant.kind === 'local' ? tenant.record.data_dir : undefined,
            active: tenant.name === config.tenant,
          }));
          output.heading(`tenants (${tenants.length})`);
          output.list(
            tenants,
            [
              ['NAME', ({ name }) => name],
              ['URL', ({ url }) => url],
              ['KIND', ({ kind }) => kind],
              ['DATA', ({ data_dir: folder }) => folder],
              ['CHOSEN', ({ active }) => (active ? mark(true) : '')],
            ],
            "No tenants available. Use 'auth0 local start' to start one, or 'auth0 login' to add a real one.",
          );
        }),
      ),
    { csv: true },
  );
}

function createUseCommand(): CliCommand {
  return new CliCommand('use', 'Choose the tenant that commands are for, unless --tenant names another.')
    .argument('[name]', 'Its name, as the list shows it.')
    .addOption(new BooleanOption('--clear', 'Choose none: the only one that runs here is used again.'))
    .examples('auth0 tenants use localhost:4400', 'auth0 tenants use --clear')
    .action(
      action<{ readonly clear?: boolean }, [string | undefined]>(
        async ({ output, prompts, options }, given) => {
          const { tenant: _chosen, ...config } = readConfig();
          if (options.clear) {
            writeConfig(config);
            output.note('No tenant is chosen.');
            return;
          }
          const tenants = await findTenants(config);
          const name =
            given ??
            (await prompts.choose({ message: 'Tenant', flag: '<name>' }, async () =>
              tenants.map(({ name: value, url: hint }) => ({ value, label: value, hint })),
            ));
          const tenant = findNamed(tenants, name);
          writeConfig({ ...config, tenant: tenant.name });
          output.heading(`${tenant.name} is the tenant of all commands`);
        },
      ),
    );
}
