import type { Stats } from 'node:fs';

/** Whether a file or folder is this user's, and nobody else's to read or write. Windows has no such modes. */
export function isPrivate({ uid, mode }: Stats): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
}
