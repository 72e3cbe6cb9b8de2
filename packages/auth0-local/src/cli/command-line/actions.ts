import { createManagementClient, type ManagementClient } from '../connection/management-client.js';
import { selectTenant, type KnownTenant } from '../connection/select-tenant.js';
import { createOutput, type Output } from '../terminal/output.js';
import { createPrompts, type Prompts } from '../terminal/prompts.js';
import type { Command } from 'commander';
import { nameTenant } from './command-error.js';
import type { GlobalOptions, OutputOptions } from './global-options.js';

/** What a command works with. */
export interface Call<Options> {
  readonly options: Options & GlobalOptions & OutputOptions;
  readonly output: Output;
  readonly prompts: Prompts;
}

/** What a command works with that is about a tenant. */
export interface TenantCall<Options = object> extends Call<Options> {
  readonly tenant: KnownTenant;
  readonly management: ManagementClient;
}

type Work<C, Args extends unknown[]> = (call: C, ...args: Args) => Promise<void> | void;
/** Commander gives an action the command's arguments, then its options, then the command. */
type Action<Args extends unknown[]> = (...given: [...Args, object, Command]) => Promise<void>;

/** Makes the action of a command that needs no tenant. */
export function action<Options, Args extends unknown[] = []>(work: Work<Call<Options>, Args>): Action<Args> {
  return async (...given) => {
    const { args, options } = readGiven<Options, Args>(given);
    await work({ options, output: createOutput(options), prompts: createPrompts(options) }, ...args);
  };
}

/** Makes the action of a command for the selected tenant, which is in its headings and errors. */
export function tenantAction<Options, Args extends unknown[] = []>(
  work: Work<TenantCall<Options>, Args>,
): Action<Args> {
  return async (...given) => {
    const { args, options } = readGiven<Options, Args>(given);
    const tenant = await selectTenant(options.tenant);
    const output = createOutput(options, tenant.name);
    const management = createManagementClient(tenant, output.debug);
    try {
      await work({ options, output, prompts: createPrompts(options), tenant, management }, ...args);
    } catch (error) {
      throw nameTenant(error, tenant.name);
    }
  };
}

function readGiven<Options, Args extends unknown[]>(
  given: [...Args, object, Command],
): { readonly args: Args; readonly options: Options & GlobalOptions & OutputOptions } {
  const command = given.at(-1) as Command;
  return { args: given.slice(0, -2) as Args, options: command.optsWithGlobals() };
}
