import { describe, expect, it } from 'vitest';
import { holdKeys } from '../../src/keys/held-keys.js';
import { readKeySet, type KeySet } from '../../src/keys/key-set.js';
import { readStoredKeySet, storeKeySet, type CarriedKeys } from '../../src/keys/stored-key-set.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { rsaKey } from '../support/bench.js';
import { noon, setWallClock } from '../support/clock.js';

const ecKey = createTestKey('ES256');
const edKey = createTestKey('Ed25519');
const limits = { maxKeys: 3, maxFreshSeconds: 86_400, staleSeconds: 3600 };
const good = {
  issuer: 'https://issuer.test/',
  fetchedAt: noon * 1000 - 100_000,
  freshSeconds: 600,
  keys: [rsaKey.publicJwk],
};

function readAtNoon(value: unknown): CarriedKeys | undefined {
  setWallClock(noon);
  return readStoredKeySet(value, limits);
}

function importAll(keys: readonly object[]): KeySet {
  const keySet = readKeySet({ keys }, 100, (_index, why) => {
    throw new Error(why);
  });
  if (keySet === undefined) throw new Error('no key set');
  return keySet;
}

describe('readStoredKeySet', () => {
  it('takes keys with the age they have by now', () => {
    expect(readAtNoon(good)).toMatchObject({
      ageSeconds: 100,
      freshSeconds: 600,
      keySet: { keys: [{ kid: rsaKey.kid }] },
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', JSON.stringify(good)],
    ['a list', [good]],
    ['no keys', { ...good, keys: undefined }],
    ['an empty list', { ...good, keys: [] }],
    ['keys that are no list', { ...good, keys: { 0: rsaKey.publicJwk, length: 1 } }],
    ['more keys than allowed', { ...good, keys: [1, 2, 3, 4].map(() => rsaKey.publicJwk) }],
    ['members that it inherits', Object.create(good)],
    ['no time', { ...good, fetchedAt: undefined }],
    ['a time in words', { ...good, fetchedAt: new Date(good.fetchedAt).toISOString() }],
    ['a time that is none', { ...good, fetchedAt: Number.NaN }],
    ['a time before 1970', { ...good, fetchedAt: -1 }],
    ['a time to come', { ...good, fetchedAt: noon * 1000 + 60_001 }],
    ['an endless time', { ...good, freshSeconds: Number.POSITIVE_INFINITY }],
    ['less than no time', { ...good, freshSeconds: -1 }],
    ['no time to be good for', { ...good, freshSeconds: undefined }],
  ])('FC23 ignores %s', (_what, value) => {
    expect(readAtNoon(value)).toBeUndefined();
  });

  it.each([
    [0, true],
    [4199.999, true],
    [4200, false],
    [1e9, false],
  ])('FC23 looks at the age, here %d s: %s', (ageSeconds, isTaken) => {
    const carried = readAtNoon({ ...good, fetchedAt: (noon - ageSeconds) * 1000 });
    expect(carried !== undefined).toBe(isTaken);
  });

  it('FC23 believes no longer time than an issuer could give', () => {
    expect(readAtNoon({ ...good, freshSeconds: 1e12 })?.freshSeconds).toBe(86_400);
    const old = { ...good, freshSeconds: 1e12, fetchedAt: (noon - 86_400 - 3600) * 1000 };
    expect(readAtNoon(old)).toBeUndefined();
  });

  it.each<[string, object]>([
    ['private', { ...ecKey.publicJwk, d: 'AQAB' }],
    ['symmetric', { kty: 'oct', k: 'AAAA', kid: 'secret' }],
    ['broken', { ...ecKey.publicJwk, x: 'AAAA' }],
  ])('FC23 leaves out a %s key, and takes the others', (_what, key) => {
    expect(readAtNoon({ ...good, keys: [key, rsaKey.publicJwk] })?.keySet.keys).toMatchObject([
      { kid: rsaKey.kid },
    ]);
    expect(readAtNoon({ ...good, keys: [key] })).toBeUndefined();
  });
});

describe('storeKeySet', () => {
  const { kid: _kid, alg: _alg, ...nameless } = rsaKey.publicJwk;

  it('writes keys that can be read again, over JSON', () => {
    setWallClock(noon);
    const keySet = importAll([
      rsaKey.publicJwk,
      nameless,
      { ...ecKey.publicJwk, x5c: ['AAAA'] },
      edKey.publicJwk,
    ]);
    const stored = storeKeySet(good.issuer, holdKeys(keySet, 5000, 900, 3600), 120);
    const text = JSON.stringify(stored);
    const carried = readStoredKeySet(JSON.parse(text), { ...limits, maxKeys: 4 });
    expect(carried).toMatchObject({ ageSeconds: 120, freshSeconds: 900 });
    const seen = (set: KeySet | undefined): unknown =>
      set?.keys.map(({ kid, algorithms, modulusBytes, keyObject }) => ({
        kid,
        algorithms,
        modulusBytes,
        der: keyObject.export({ format: 'der', type: 'spki' }),
      }));
    expect(seen(carried?.keySet)).toEqual(seen(keySet));
    expect(JSON.stringify(stored)).toBe(text);
  });

  it('writes nothing but what is public', () => {
    const stored = storeKeySet(good.issuer, holdKeys(importAll([ecKey.publicJwk]), 0, 600, 0), 0);
    expect(stored.keys).toEqual([ecKey.publicJwk]);
    expect(Object.keys(stored).toSorted()).toEqual(['fetchedAt', 'freshSeconds', 'issuer', 'keys']);
  });
});
