import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningTenantRecord } from '../running-tenants.js';

/** What a detached tenant tells the command that started it. */
export type DetachedMessage = { readonly record: RunningTenantRecord } | { readonly error: string };

/** Tells a command from the process it has detached: the variable is set there. */
export const detachedVariable = 'AUTH0_LOCAL_DETACHED';

/**
 * Starts the same command once more as a process that outlives this one, and waits until it is ready.
 *
 * @param dataDir - Its output goes into a file there; nowhere without.
 * @throws Error: it did not start, for the reason it gave.
 */
export async function detachTenant(dataDir: string | undefined): Promise<RunningTenantRecord> {
  const output = dataDir === undefined ? 'ignore' : openOutput(dataDir);
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

function openOutput(dataDir: string): number {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return openSync(join(dataDir, 'output.log'), 'a', 0o600);
}
