import Database from 'libsql';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clearStore, openStore, StoreError, type Store } from '../../src/store/store.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';

const role = { id: 'a', name: 'a', description: 'a' };

function open(file?: string): Store {
  const store = openStore(file);
  onTestFinished(() => store.close());
  return store;
}

describe('openStore', () => {
  it('finds what was put in before', () => {
    const file = join(createTemporaryFolder(), 'tenant.db');
    const first = openStore(file);
    first.roles.put('a', role);
    first.close();
    expect(open(file).roles.get('a')).toEqual(role);
  });

  it('makes files that only their owner can read, and closes those that others could', () => {
    const folder = createTemporaryFolder();
    const file = join(folder, 'tenant.db');
    writeFileSync(file, '', { mode: 0o644 });
    chmodSync(file, 0o644);
    open(file).roles.put('a', role);
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(new Set(modes)).toEqual(new Set([0o600]));
  });

  it('refuses a file that is open, and says what to do', () => {
    const file = join(createTemporaryFolder(), 'tenant.db');
    open(file);
    expect(() => openStore(file)).toThrow(StoreError);
    expect(() => openStore(file)).toThrow('auth0 local stop');
  });

  it('refuses a file that is no database, and leaves it as it is', () => {
    const file = join(createTemporaryFolder(), 'tenant.db');
    writeFileSync(file, 'something else entirely, long enough to be a header of a database'.repeat(100));
    expect(() => openStore(file)).toThrow('auth0 local reset');
    expect(statSync(file).size).toBeGreaterThan(1000);
  });

  it('refuses what a newer version has written', () => {
    const file = join(createTemporaryFolder(), 'tenant.db');
    const newer = new Database(file);
    newer.exec('PRAGMA user_version = 999');
    newer.close();
    expect(() => openStore(file)).toThrow('newer version');
  });

  it('gives stores in memory nothing in common', () => {
    const first = open();
    first.roles.put('a', role);
    expect(open().roles.count()).toBe(0);
  });
});

describe('transaction', () => {
  it('does nothing if the work fails, also within another', () => {
    const store = open();
    const work = (): void => {
      store.roles.put('a', role);
      store.transaction(() => {
        store.roles.put('b', { ...role, id: 'b', name: 'b' });
        throw new Error('no');
      });
    };
    expect(() => store.transaction(work)).toThrow('no');
    expect(store.roles.count()).toBe(0);
  });

  it('returns what the work returns', () => {
    expect(open().transaction(() => 1)).toBe(1);
  });
});

describe('clearStore', () => {
  it('empties every collection', () => {
    const store = open();
    store.roles.put('a', role);
    store.artifacts.put('a', { kind: 'session', expires_at: 1, data: {} });
    clearStore(store);
    expect([store.roles.count(), store.artifacts.count()]).toEqual([0, 0]);
  });
});
