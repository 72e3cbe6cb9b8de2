import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The URL of a module of the package as it was built, for a process of its own. */
export function builtModule(path: string): string {
  return pathToFileURL(fileURLToPath(new URL(`../../dist/${path}`, import.meta.url))).href;
}

/** How a process ended, and what it wrote. */
export interface ChildEnd {
  readonly code: number | null;
  /** The signal that ended it: it ran for longer than it had time. */
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a module in a process of its own, which gets ten seconds, or what is given, to end by itself. */
export function runChild(code: string, milliseconds = 10_000): ChildEnd {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', code],
    { encoding: 'utf8', timeout: milliseconds },
  );
  return { code: status, signal, stdout, stderr };
}
