import type { Call } from '../command-line/actions.js';
import { BooleanOption } from '../command-line/boolean-option.js';
import { CommandError } from '../command-line/command-error.js';

/** What commands that destroy something can be told. */
export interface ForceOptions {
  readonly force?: boolean;
}

/** `--force`, with which nothing is asked. */
export function createForceOption(): BooleanOption {
  return new BooleanOption('--force', 'Do not ask for a confirmation.');
}

/**
 * Whether something is really meant: `--force` says so, or whoever sits at the terminal.
 *
 * @throws CommandError: nobody does.
 */
export async function isConfirmed({ prompts, options }: Call<ForceOptions>, what: string): Promise<boolean> {
  if (options.force) return true;
  if (prompts.canAsk) return prompts.confirm(`${what} Are you sure?`);
  throw new CommandError(`${what} There is no terminal to confirm that on. Add --force to go on without`);
}
