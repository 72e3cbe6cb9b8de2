import { dirname, join, resolve } from 'node:path';
import { CommandError } from '../command-line/command-error.js';
import { findRunningTenants, type RunningTenantRecord } from '../running-tenants.js';

/**
 * The running tenant that is meant: the one that was named, the only one, or the one whose state is in the working
 * directory or above it.
 *
 * @throws CommandError: there is none, or more than one could be meant.
 */
export async function findLocalTenant(name?: string): Promise<RunningTenantRecord> {
  const running = await findRunningTenants();
  const names = running.map((record) => record.name).join(', ');
  if (name !== undefined) {
    const named = running.find((record) => record.name === name);
    if (named !== undefined) return named;
    const others = names === '' ? 'None runs.' : `Running: ${names}.`;
    throw new CommandError(
      `The local tenant ${name} does not run. ${others} Start one with 'auth0 local start'`,
    );
  }
  const [first] = running;
  if (first === undefined) throw new CommandError("No local tenant runs. Start one with 'auth0 local start'");
  if (running.length === 1) return first;
  const near = findNearest(running);
  if (near !== undefined) return near;
  throw new CommandError(
    `Several local tenants run: ${names}. Choose one with --tenant, like --tenant ${first.name}`,
  );
}

/** The one whose state is in `.auth0-local` of the working directory, or of the nearest folder above. */
export function findNearest(running: readonly RunningTenantRecord[]): RunningTenantRecord | undefined {
  for (let folder = resolve('.'); ; folder = dirname(folder)) {
    const near = running.find((record) => record.data_dir === join(folder, '.auth0-local'));
    if (near !== undefined || folder === dirname(folder)) return near;
  }
}
