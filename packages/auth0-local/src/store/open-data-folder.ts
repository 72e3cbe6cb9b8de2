import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, writeFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { isPrivate } from '../is-private.js';
import { StoreError } from './store.js';

/** What a tenant keeps in its folder: keys that others must not know, and must not have chosen. */
const ownFiles = /^(tenant\.db(-wal|-shm|-journal)?|ca(-key)?\.pem|output\.log)$/;

/**
 * Prepares the folder of a tenant's state. State that came from elsewhere, with a checkout say, would bring keys and
 * certificates that somebody else knows: what others can read, or have made, is not used.
 *
 * @throws StoreError: something in it is not this user's alone.
 */
export function openDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = readdirSync(folder).filter((name) => ownFiles.test(name));
  if (files.length === 0) keepOutOfGit(folder);
  // Windows has no such modes.
  if (process.getuid === undefined) return;
  if (files.length === 0) {
    chmodSync(folder, 0o700);
    return;
  }
  checkPrivate(folder, folder, (stats) => stats.isDirectory());
  for (const name of files)
    checkPrivate(folder, join(folder, name), (stats) => stats.isFile() && stats.nlink === 1);
}

/** Secrets are in it: no `git add .` of the project around it takes them along. */
function keepOutOfGit(folder: string): void {
  const file = join(folder, '.gitignore');
  if (!existsSync(file)) writeFileSync(file, '*\n', { mode: 0o600 });
}

function checkPrivate(folder: string, path: string, isExpected: (stats: Stats) => boolean): void {
  const stats = lstatSync(path);
  if (isExpected(stats) && isPrivate(stats)) return;
  throw new StoreError(
    'not_private',
    `${path} can be read by others, or was not made by this user's tenant. ` +
      `If what is in the folder is yours: chmod -R go= ${folder}. If not, remove it, or choose another --data-dir.`,
  );
}
