import { isDone } from './command-line/cli-command.js';
import { reportError } from './command-line/report-error.js';
import { createProgram } from './program.js';

/**
 * Runs the `auth0` command.
 *
 * @param argv - As in `process.argv`: the executable and the script come first.
 */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', endQuietly);
  const program = createProgram();
  try {
    await program.parseAsync(readHelp(argv.slice(2)), { from: 'user' });
  } catch (error) {
    if (isDone(error)) return;
    const { color = true, debug = false } = program.opts<{ color?: boolean; debug?: boolean }>();
    reportError(error, { color, debug });
  }
}

/** `auth0 help apis create` is `auth0 apis create --help`. */
function readHelp([first, ...others]: readonly string[]): string[] {
  if (first === 'help') return [...others, '--help'];
  return first === undefined ? [] : [first, ...others];
}

/** Whoever read the output has what it wanted: `auth0 apps list | head -1`. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}
