import { resolve } from 'node:path';
import { action } from '../command-line/actions.js';
import { CliCommand } from '../command-line/cli-command.js';
import { CommandError } from '../command-line/command-error.js';
import type { GlobalOptions } from '../command-line/global-options.js';
import { selectLocalTenant } from '../connection/select-tenant.js';
import { createForceOption, isConfirmed, type ForceOptions } from '../resource/confirm.js';
import { findRunningTenants } from '../running-tenants.js';
import { askTenant } from './control-client.js';

interface ResetOptions extends ForceOptions {
  readonly dataDir?: string;
}

/** `auth0 local reset`. */
export function createResetCommand(): CliCommand {
  return new CliCommand(
    'reset',
    'Empty a local tenant: new keys, and nothing in it. Trust in its certificates stays.',
  )
    .option('--data-dir <folder>', 'Empty the state in this folder, of a tenant that does not run.')
    .addOption(createForceOption())
    .examples('auth0 local reset', 'auth0 local reset --data-dir .auth0-local --force')
    .action(
      action<ResetOptions>(async (call) => {
        const state = await findState(call.options);
        if (!(await isConfirmed(call, `This deletes everything in ${state.name}.`))) {
          call.output.note('Nothing was deleted.');
          return;
        }
        await state.reset();
        call.output.heading(`${state.name} is empty`);
      }),
    );
}

interface State {
  readonly name: string;
  readonly reset: () => Promise<void>;
}

/** The running tenant; without one, the state it would be started with. */
async function findState({ tenant: named, dataDir }: ResetOptions & GlobalOptions): Promise<State> {
  if (dataDir === undefined && (named !== undefined || (await findRunningTenants()).length > 0)) {
    const tenant = await selectLocalTenant(named);
    return { name: tenant.name, reset: async () => void (await askTenant(tenant, 'POST', '/reset')) };
  }
  const folder = resolve(dataDir ?? '.auth0-local');
  return { name: folder, reset: () => removeFolder(folder) };
}

async function removeFolder(folder: string): Promise<void> {
  const { removeState } = await import('./remove-state.js');
  if (!removeState(folder)) throw new CommandError(`There is no tenant's state in ${folder}`);
}
