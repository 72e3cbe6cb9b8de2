import { beforeEach, describe, expect, it } from 'vitest';
import type { Range } from '../../src/store/collection.js';
import { openStore, type Store } from '../../src/store/store.js';
import type { Role } from '../../src/tenant/roles.js';

const role = (id: string, name = id): Role => ({ id, name, description: 'x' });

describe('Collection', () => {
  let store: Store;

  beforeEach(() => {
    store = openStore();
    for (const id of ['c', 'a', 'b']) store.roles.put(id, role(id));
    return () => store.close();
  });

  it('lists documents in the order in which they were added, also after one was replaced', () => {
    store.roles.put('a', role('a', 'renamed'));
    expect(store.roles.list().map(({ name }) => name)).toEqual(['c', 'renamed', 'b']);
  });

  it('lists a part', () => {
    expect(store.roles.list({}, { offset: 1, limit: 1 })).toEqual([role('a')]);
    expect(store.roles.list({}, { offset: 3 })).toEqual([]);
    expect(store.roles.list({}, { limit: 0 })).toEqual([]);
  });

  it('lists from the end', () => {
    const ids = (range: Range): string[] => store.roles.list({}, range).map(({ id }) => id);
    expect(ids({ isNewestFirst: true })).toEqual(['b', 'a', 'c']);
    expect(ids({ isNewestFirst: true, offset: 1, limit: 1 })).toEqual(['a']);
    expect(store.roles.list({ name: 'c' }, { isNewestFirst: true })).toEqual([role('c')]);
  });

  it('lists what stands before a document, the newest first', () => {
    const before = (id: string, limit: number): string[] =>
      store.roles.listBefore(store.roles.findPosition(id) ?? -1, limit).map((found) => found.id);
    expect(before('b', 5)).toEqual(['a', 'c']);
    expect(before('b', 1)).toEqual(['a']);
    expect(before('c', 5)).toEqual([]);
    expect(store.roles.findPosition('d')).toBeUndefined();
  });

  it('goes on where a part ended, whatever was deleted meanwhile', () => {
    const first = store.roles.listAfter({}, 0, 2);
    expect(first.documents.map(({ id }) => id)).toEqual(['c', 'a']);
    for (const { id } of first.documents) store.roles.delete(id);
    store.roles.put('d', role('d'));
    expect(store.roles.listAfter({}, first.next ?? -1, 2)).toEqual({ documents: [role('b'), role('d')] });
    expect(store.roles.listAfter({ name: 'd' }, 0, 1)).toEqual({ documents: [role('d')] });
    expect(store.roles.listAfter({ name: 'd' }, first.next ?? -1, 0).documents).toEqual([]);
  });

  it('finds, counts and deletes by a column', () => {
    expect(store.roles.find({ name: 'b' })).toEqual(role('b'));
    expect(store.roles.find({ name: 'z' })).toBeUndefined();
    expect(store.roles.count({ name: 'b' })).toBe(1);
    expect(store.roles.deleteWhere({ name: 'b' })).toBe(1);
    expect(store.roles.count()).toBe(2);
  });

  it('says to one caller only that it deleted a document', () => {
    expect([store.roles.delete('a'), store.roles.delete('a')]).toEqual([true, false]);
  });

  it('hands out copies', () => {
    Object.assign(store.roles.get('a') ?? {}, { name: 'changed' });
    expect(store.roles.get('a')).toEqual(role('a'));
  });

  it('takes ids and values for what they are, never for SQL', () => {
    const odd = `'; DROP TABLE roles; --`;
    store.roles.put(odd, role(odd));
    expect(store.roles.get(odd)).toEqual(role(odd));
    expect(store.roles.find({ name: odd })).toEqual(role(odd));
    expect(store.roles.count()).toBe(4);
  });

  it('refuses a second document with a unique value', () => {
    expect(() => store.roles.put('d', role('d', 'a'))).toThrow('UNIQUE');
    expect(store.roles.count()).toBe(3);
  });

  it('keeps the newest', () => {
    store.roles.keepNewest(2);
    expect(store.roles.list().map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('keeps the newest of those that a filter fits', () => {
    store.roles.keepNewest(0, { name: 'a' });
    expect(store.roles.list().map(({ id }) => id)).toEqual(['c', 'b']);
  });

  it('deletes what has expired', () => {
    const artifact = { kind: 'session', data: {} } as const;
    store.artifacts.put('old', { ...artifact, expires_at: 1000 });
    store.artifacts.put('young', { ...artifact, expires_at: 1001 });
    store.artifacts.deleteExpired(1000);
    expect([store.artifacts.get('old'), store.artifacts.get('young')?.expires_at]).toEqual([undefined, 1001]);
  });
});
