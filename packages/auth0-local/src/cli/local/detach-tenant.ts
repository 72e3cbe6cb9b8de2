import { spawn } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningTenantRecord } from '../running-tenants.js';

/** What a detached tenant tells the command that started it. */
export type DetachedMessage = { readonly record: RunningTenantRecord } | { readonly error: string };

/** Tells a command from the process it has detached: the variable is set there. */
export const detachedVariable = 'AUTH0_LOCAL_DETACHED';

const largestOutput = 5_000_000;

/**
 * Starts the same command once more as a process that outlives this one, and waits until it is ready.
 *
 * @param dataDir - Its output goes into a file there; nowhere without.
 * @throws Error: it did not start, for the reason it gave.
 */
export async function detachTenant(dataDir: string | undefined): Promise<RunningTenantRecord> {
  const output = dataDir === undefined ? 'ignore' : await openOutput(dataDir);
  const child = spawn(process.execPath, process.argv.slice(1), {
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
    env: { ...process.env, [detachedVariable]: '1' },
  });
  if (output !== 'ignore') closeSync(output);
  const message = await new Promise<DetachedMessage>((resolve, reject) => {
    child.once('message', (received) => resolve(received as DetachedMessage));
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`The tenant ended with code ${code} before it was ready.`)),
    );
  });
  child.disconnect();
  child.unref();
  if ('error' in message) throw new Error(message.error);
  return message.record;
}

/** In a folder, and into a file, that only this user can have made. What is there already stays while it is not much. */
async function openOutput(dataDir: string): Promise<number> {
  const { openDataFolder } = await import('../../store/open-data-folder.js');
  openDataFolder(dataDir);
  const output = openSync(join(dataDir, 'output.log'), 'a', 0o600);
  if (fstatSync(output).size > largestOutput) ftruncateSync(output);
  return output;
}
