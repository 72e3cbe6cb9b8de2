import { resolve } from 'node:path';
import { BooleanOption } from '../command-line/boolean-option.js';
import { CliCommand } from '../command-line/cli-command.js';
import { CommandError } from '../command-line/command-error.js';
import type { GlobalOptions } from '../command-line/global-options.js';
import { findRunningTenants } from '../running-tenants.js';
import { createOutput } from '../terminal/output.js';
import { createPrompts } from '../terminal/prompts.js';
import { askTenant } from './control-client.js';
import { selectLocalTenant } from '../connection/select-tenant.js';

interface ResetOptions extends GlobalOptions {
  readonly dataDir?: string;
  readonly force?: boolean;
}

/** `auth0 local reset`. */
export function createResetCommand(): CliCommand {
  return new CliCommand(
    'reset',
    'Empty a local tenant: new keys, and nothing in it. Trust in its certificates stays.',
  )
    .option('--data-dir <folder>', 'Empty the state in this folder, of a tenant that does not run.')
    .addOption(new BooleanOption('--force', 'Do not ask.'))
    .examples('auth0 local reset', 'auth0 local reset --data-dir .auth0-local --force')
    .action(async (_options, command: CliCommand) => resetTenant(command.optsWithGlobals<ResetOptions>()));
}

async function resetTenant(options: ResetOptions): Promise<void> {
  const output = createOutput(options);
  const state = await findState(options);
  await checkMeant(options, state.what);
  await state.reset();
  output.heading(`${state.what} is empty`);
}

interface State {
  readonly what: string;
  reset(): Promise<void>;
}

/** The running tenant; without one, the state it would be started with. */
async function findState({ tenant: name, dataDir }: ResetOptions): Promise<State> {
  if (dataDir === undefined && (name !== undefined || (await findRunningTenants()).length > 0)) {
    const tenant = await selectLocalTenant(name);
    return {
      what: tenant.name,
      reset: async () => {
        await askTenant(tenant, 'POST', '/reset');
      },
    };
  }
  const folder = resolve(dataDir ?? '.auth0-local');
  return {
    what: folder,
    reset: async () => {
      const { removeState } = await import('./remove-state.js');
      if (!removeState(folder)) throw new CommandError(`There is no tenant's state in ${folder}`);
    },
  };
}

async function checkMeant(options: ResetOptions, what: string): Promise<void> {
  if (options.force) return;
  const prompts = createPrompts(options);
  if (!prompts.canAsk)
    throw new CommandError(`Everything in ${what} would be gone. If you mean it, add --force`);
  if (!(await prompts.confirm(`Everything in ${what} will be gone. Go on?`))) {
    throw new CommandError('Nothing was changed');
  }
}
