import { createOutput } from '../terminal/output.js';
import { printable, printableLines } from '../terminal/printable.js';
import { createStyle } from '../terminal/style.js';
import { CommandError } from './command-error.js';
import { toSentence } from './to-sentence.js';

/** Prints what went wrong as every command does, and lets the process end with its exit code. */
export function reportError(
  error: unknown,
  options: { readonly color: boolean; readonly debug: boolean },
): void {
  const { color, debug } = options;
  const message = error instanceof Error ? error.message : String(error);
  // What stands on further lines are commands to copy.
  const [first = '', ...others] = message.split('\n');
  const tenantName = error instanceof CommandError ? error.tenantName : undefined;
  const style = createStyle(process.stderr, options);
  process.stderr.write(`${style.red(style.bold(`=== ${printable(tenantName ?? 'auth0')} error`))}\n\n`);
  process.stderr.write(`${printableLines([toSentence(first), ...others].join('\n'))}\n`);
  const origin = error instanceof CommandError ? error.cause : error;
  if (origin instanceof Error) createOutput({ color, debug }).debug(origin.stack ?? origin.message);
  process.exitCode = error instanceof CommandError ? error.exitCode : 1;
}
