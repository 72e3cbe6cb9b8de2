import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writePrivateFile } from '../../src/cli/write-private-file.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';

describe('writePrivateFile', () => {
  it('writes what only this user can read, and nothing to who has had the old file open', () => {
    const folder = createTemporaryFolder();
    const file = join(folder, 'secrets.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    const old = openSync(file, 'r');
    writePrivateFile(file, 'new');
    expect(readFileSync(old, 'utf8')).toBe('old');
    closeSync(old);
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['new', 0o600]);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it('leaves nothing behind where it fails', () => {
    const folder = createTemporaryFolder();
    mkdirSync(join(folder, 'taken/by-a-folder'), { recursive: true });
    expect(() => writePrivateFile(join(folder, 'taken'), 'secret')).toThrow('taken');
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});
