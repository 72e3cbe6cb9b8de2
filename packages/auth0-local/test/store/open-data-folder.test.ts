import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from '../../src/store/open-data-folder.js';
import { StoreError } from '../../src/store/store.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';

describe('openDataFolder', () => {
  let folder: string;

  beforeEach(() => {
    folder = join(createTemporaryFolder(), 'state');
  });

  /** The folder around, as a git repository with a secret in the state. */
  function createRepository(state: string): string {
    execFileSync('git', ['init', '--quiet', dirname(state)]);
    writeFileSync(join(state, 'ca-key.pem'), 'secret', { mode: 0o600 });
    return dirname(state);
  }

  const mode = (): number => statSync(folder).mode & 0o777;

  it('makes a folder for its owner only', () => {
    openDataFolder(folder);
    expect(mode()).toBe(0o700);
  });

  it('keeps what will be in it out of git', () => {
    openDataFolder(folder);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    expect(
      execFileSync('git', ['-C', createRepository(folder), 'status', '--short'], { encoding: 'utf8' }),
    ).toBe('');
  });

  it('closes an existing one in which there is no state yet', () => {
    mkdirSync(folder, { mode: 0o755 });
    writeFileSync(join(folder, 'notes.txt'), '');
    openDataFolder(folder);
    expect(mode()).toBe(0o700);
  });

  it.each(['tenant.db', 'tenant.db-wal', 'ca.pem', 'ca-key.pem', 'output.log'])(
    'takes its own %s',
    (name) => {
      mkdirSync(folder, { mode: 0o700 });
      writeFileSync(join(folder, name), '', { mode: 0o600 });
      openDataFolder(folder);
      expect(mode()).toBe(0o700);
    },
  );

  it.each<[string, () => void]>([
    ['a file that others can read', () => writeFileSync(join(folder, 'ca-key.pem'), '', { mode: 0o644 })],
    [
      'a folder that others can read',
      () => {
        writeFileSync(join(folder, 'tenant.db'), '', { mode: 0o600 });
        chmodSync(folder, 0o755);
      },
    ],
    [
      'a link to another file',
      () => {
        writeFileSync(join(folder, 'other'), '', { mode: 0o600 });
        symlinkSync(join(folder, 'other'), join(folder, 'tenant.db-wal'));
      },
    ],
    [
      'a second name of another file',
      () => {
        writeFileSync(join(folder, 'other'), '', { mode: 0o600 });
        linkSync(join(folder, 'other'), join(folder, 'output.log'));
      },
    ],
  ])('refuses %s, and says what to do', (_what, plant) => {
    mkdirSync(folder, { mode: 0o700 });
    plant();
    expect(() => openDataFolder(folder)).toThrow(StoreError);
    expect(() => openDataFolder(folder)).toThrow(`chmod -R go= ${folder}`);
  });

  it('refuses a folder that is a link', () => {
    const real = `${folder}-real`;
    mkdirSync(real, { mode: 0o700 });
    writeFileSync(join(real, 'tenant.db'), '', { mode: 0o600 });
    symlinkSync(real, folder);
    expect(() => openDataFolder(folder)).toThrow('chmod');
  });
});
