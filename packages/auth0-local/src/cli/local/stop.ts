import { action } from '../command-line/actions.js';
import { BooleanOption } from '../command-line/boolean-option.js';
import { CliCommand } from '../command-line/cli-command.js';
import { CommandError } from '../command-line/command-error.js';
import { isAlive } from '../is-alive.js';
import { findRunningTenants, type RunningTenantRecord } from '../running-tenants.js';
import { askTenant } from './control-client.js';
import { selectLocalTenant } from '../connection/select-tenant.js';

interface StopOptions {
  readonly all?: boolean;
}

const patienceMs = 10_000;
const lookEveryMs = 50;

/** `auth0 local stop`. */
export function createStopCommand(): CliCommand {
  return new CliCommand('stop', 'Stop a local tenant; its state stays.')
    .addOption(new BooleanOption('--all', 'Stop every local tenant that runs.'))
    .examples('auth0 local stop', 'auth0 local stop --tenant localhost:4400', 'auth0 local stop --all')
    .action(
      action<StopOptions>(async ({ options, output }) => {
        const tenants = options.all ? await findRunningTenants() : [await selectLocalTenant(options.tenant)];
        if (tenants.length === 0) output.note('No local tenant runs.');
        for (const tenant of tenants) {
          await stopTenant(tenant);
          output.heading(`${tenant.name} stopped`);
        }
      }),
    );
}

async function stopTenant(tenant: RunningTenantRecord): Promise<void> {
  await askTenant(tenant, 'POST', '/stop');
  for (let waited = 0; isAlive(tenant.pid); waited += lookEveryMs) {
    if (waited >= patienceMs) {
      throw new CommandError(
        `The tenant ${tenant.name} was told to stop and still runs, as process ${tenant.pid}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}
