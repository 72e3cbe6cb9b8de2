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
    await program.parseAsync(argv);
  } catch (error) {
    if (isDone(error)) return;
    const { color = true, debug = false } = program.opts<{ color?: boolean; debug?: boolean }>();
    reportError(error, { color, debug });
  }
}

/** Whoever read the output has what it wanted: `auth0 apps list | head -1`. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}
