import { describe, expect, it } from 'vitest';
import { importKey } from '../../src/keys/import-key.js';
import { KeySet } from '../../src/keys/key-set.js';
import { StaticKeys } from '../../src/keys/static-keys.js';
import { createTestKey } from '../../src/testing/create-test-key.js';

const one = createTestKey('Ed25519').publicJwk;
const two = createTestKey('Ed25519').publicJwk;
const { kid: _kid, ...nameless } = one;

function createKeys(...jwks: readonly object[]): StaticKeys {
  return new StaticKeys(new KeySet(jwks.map((jwk) => importKey(jwk))));
}

describe('StaticKeys', () => {
  it('answer at once with the key of an id, and with none for another', () => {
    const keys = createKeys(one, two);
    expect(keys.select('Ed25519', two.kid)).toMatchObject([{ kid: two.kid }]);
    expect(keys.select('Ed25519', 'made-up')).toEqual([]);
    expect(keys.select('ES256', two.kid)).toEqual([]);
  });

  it('mean the only key by whatever id, if it has none of its own', () => {
    const keys = createKeys(nameless);
    for (const kid of ['made-up', undefined]) expect(keys.select('Ed25519', kid)).toHaveLength(1);
    expect(keys.select('ES256', 'made-up')).toEqual([]);
  });

  it('mean a key with an id by that id only, even if it is the only one', () => {
    expect(createKeys(one).select('Ed25519', 'made-up')).toEqual([]);
  });

  it('do not choose between a nameless key and another', () => {
    const keys = createKeys(nameless, two);
    expect(keys.select('Ed25519', 'made-up')).toEqual([]);
    expect(keys.select('Ed25519', undefined)).toEqual([]);
  });

  it('are always usable, need no fetching and are not carried elsewhere', async () => {
    const keys = createKeys(one, two);
    await expect(keys.prepare()).resolves.toBeUndefined();
    const health = { state: 'static', isUsable: true, keyCount: 2, isFetching: false };
    expect(keys.health()).toEqual(health);
    expect(keys.store()).toBeUndefined();
    keys.close();
    expect(keys.health()).toEqual(health);
    expect(keys.list()).toHaveLength(2);
  });
});
