import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, StoreError } from '../../store/store.js';

/** What a tenant keeps in its data directory, beside its certificate authority. */
const files = ['tenant.db', 'tenant.db-wal', 'tenant.db-shm', 'tenant.db-journal', 'output.log'];

/**
 * Removes the state of a tenant that does not run. The certificate authority stays, so that trust in it does.
 *
 * @returns Whether there was any.
 * @throws StoreError: a tenant has the directory in use.
 */
export function removeState(dataDir: string): boolean {
  const database = join(dataDir, 'tenant.db');
  if (!existsSync(database)) return false;
  checkNotInUse(database);
  for (const name of files) rmSync(join(dataDir, name), { force: true });
  return true;
}

/** A damaged database may go; one that is open may not. */
function checkNotInUse(database: string): void {
  try {
    openStore(database).close();
  } catch (error) {
    if (error instanceof StoreError && error.code === 'in_use') throw error;
  }
}
