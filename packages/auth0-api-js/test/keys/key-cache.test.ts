import { describe, expect, it, vi } from 'vitest';
import { ApiClient, type KeyCache } from '@auth0/auth0-api-js';
import { KeyCacheReader } from '../../src/keys/key-cache.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import {
  audience,
  claimsText,
  createBench,
  headerText,
  issuer,
  signRaw,
  type Bench,
} from '../support/bench.js';
import { stopTime } from '../support/clock.js';

const key = createTestKey('Ed25519');
const otherKey = createTestKey('Ed25519');
const algorithms = ['Ed25519'];
const token = (): string => signRaw(key, headerText(key), claimsText());

function startWith(cache: unknown, keys: readonly unknown[] = [key.publicJwk]): Bench {
  return createBench(keys, { algorithms, keys: { cache: cache as KeyCache } });
}

/** The keys of a process that has verified a token. */
async function exportKeys(): Promise<KeyCache> {
  const { client } = createBench([key.publicJwk], { algorithms });
  await client.verifyAccessToken({ accessToken: token() });
  const cache = client.exportKeys();
  client.close();
  return cache;
}

describe('KeyCacheReader', () => {
  const mine = { issuer: 'https://a.test/' };
  const cache = { version: 1, issuers: [null, 7, { issuer: 'https://b.test/' }, mine] };

  it('finds what belongs to an issuer, and to no other, once', () => {
    const reader = new KeyCacheReader(cache);
    expect(reader.isUsable).toBe(true);
    expect(reader.take('https://a.test')).toBeUndefined();
    expect(reader.take('https://c.test/')).toBeUndefined();
    expect(reader.take('https://a.test/')).toBe(mine);
    expect(reader.take('https://a.test/')).toBeUndefined();
  });

  it.each([
    undefined,
    null,
    7,
    'cache',
    [],
    {},
    { version: 2, issuers: [mine] },
    { version: '1', issuers: [mine] },
    { version: 1 },
    { version: 1, issuers: mine },
    Object.create(cache),
  ])('finds nothing in %j', (value) => {
    const reader = new KeyCacheReader(value);
    expect(reader.isUsable).toBe(value === undefined || value === null);
    expect(reader.take('https://a.test/')).toBeUndefined();
  });
});

describe('exportKeys() and keys.cache', () => {
  it('FC23 let a new client verify before it has asked anybody, over JSON', async () => {
    const text = JSON.stringify(await exportKeys());
    const { client, requests } = startWith(JSON.parse(text));
    await expect(client.verifyAccessToken({ accessToken: token() })).resolves.toMatchObject({
      aud: audience,
    });
    expect(requests).toEqual([]);
    client.close();
  });

  it('carry the age: the new client asks when the old one would have, not later', async () => {
    stopTime();
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const cache = await exportKeys();
    vi.advanceTimersByTime(400_000);
    const { client, requests } = startWith(cache);
    expect(client.health().issuers).toMatchObject([
      { state: 'fresh', ageSeconds: 400, nextAttemptInSeconds: 80 },
    ]);
    vi.advanceTimersByTime(79_999);
    expect(requests).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(requests).toHaveLength(1);
    client.close();
    vi.restoreAllMocks();
  });

  it('FC23 are asked anew at once where the keys are due, and serve only if that fails', async () => {
    stopTime();
    const cache = await exportKeys();
    vi.advanceTimersByTime(700_000);
    const { client, requests } = startWith(cache, [otherKey.publicJwk]);
    expect(client.health().issuers).toMatchObject([{ state: 'stale', ageSeconds: 700 }]);
    await expect(client.verifyAccessToken({ accessToken: token() })).rejects.toMatchObject({
      reason: 'unknown_key',
    });
    expect(requests).toHaveLength(2);
    client.close();
  });

  it.each<[string, (cache: KeyCache) => unknown]>([
    ['is no cache', () => 'keys'],
    ['is null', () => null],
    ['is of another version', (cache) => ({ ...cache, version: 2 })],
    [
      'is of another issuer',
      ({ issuers }) => ({
        version: 1,
        issuers: issuers.map((set) => ({ ...set, issuer: 'https://other.test/' })),
      }),
    ],
    [
      'is malformed',
      ({ issuers }) => ({ version: 1, issuers: issuers.map((set) => ({ ...set, keys: 'none' })) }),
    ],
    [
      'is from the future',
      ({ issuers }) => ({
        version: 1,
        issuers: issuers.map((set) => ({ ...set, fetchedAt: Date.now() + 90_000 })),
      }),
    ],
    [
      'is too old',
      ({ issuers }) => ({
        version: 1,
        issuers: issuers.map((set) => ({ ...set, fetchedAt: Date.now() - 4_200_000 })),
      }),
    ],
    [
      'holds private keys',
      ({ issuers }) => ({
        version: 1,
        issuers: issuers.map((set) => ({ ...set, keys: [{ ...key.publicJwk, d: 'AAAA' }] })),
      }),
    ],
    [
      'holds too many keys',
      ({ issuers }) => ({
        version: 1,
        issuers: issuers.map((set) => ({ ...set, keys: Array.from({ length: 101 }, () => key.publicJwk) })),
      }),
    ],
  ])('FC23 begin with nothing where the cache %s, and fail at nothing', async (_what, change) => {
    const { client, requests } = startWith(change(await exportKeys()));
    expect(client.health().issuers).toMatchObject([{ issuer, state: 'empty', keyCount: 0 }]);
    await expect(client.verifyAccessToken({ accessToken: token() })).resolves.toBeDefined();
    expect(requests).toHaveLength(2);
    client.close();
  });

  it('hold public keys only, of issuers whose keys need fetching and are there', async () => {
    const { client } = createBench([key.publicJwk], {
      algorithms,
      issuers: [
        { issuer: 'https://static.test/', publicKey: key.publicJwk },
        { issuer: 'https://silent.test/' },
      ],
    });
    await client.verifyAccessToken({ accessToken: token() });
    const { version, issuers } = client.exportKeys();
    expect([version, issuers.map((set) => set.issuer)]).toEqual([1, [issuer]]);
    expect(issuers[0]?.keys).toEqual([key.publicJwk]);
    client.close();
    expect(new ApiClient({ domain: 'issuer.test', audience }).exportKeys()).toEqual({
      version: 1,
      issuers: [],
    });
  });
});

describe('keys.cache', () => {
  it('does not bring back a key that was seen withdrawn, when its issuer is forgotten and comes again', async () => {
    const published = { keys: [otherKey.publicJwk] };
    const fetches: typeof fetch = async (input) => {
      const { origin, pathname } = new URL(input instanceof Request ? input.url : input);
      return Response.json(
        pathname === '/keys' ? published : { issuer: `${origin}/`, jwks_uri: `${origin}/keys` },
      );
    };
    const hosts = ['a.test', 'b.test'];
    const cache: KeyCache = {
      version: 1,
      issuers: [
        {
          issuer: 'https://a.test/',
          fetchedAt: Date.now() - 1000,
          freshSeconds: 86_400,
          keys: [key.publicJwk],
        },
      ],
    };
    const client = new ApiClient({
      audience,
      algorithms,
      domains: () => hosts,
      discoveryCache: { maxEntries: 1 },
      customFetch: fetches,
      onEvent: () => {},
      keys: { cache, unknownKeyCooldownSeconds: 1 },
    });
    const verify = async (host: string, by = otherKey): Promise<unknown> =>
      client
        .verifyAccessToken({
          accessToken: signRaw(by, headerText(by), claimsText({ iss: `https://${host}/` })),
        })
        .then(
          () => 'accepted',
          ({ reason }: { reason?: unknown }) => reason,
        );
    expect(await verify('a.test', key)).toBe('accepted');
    expect(await verify('a.test')).toBe('accepted');
    expect(await verify('a.test', key)).toBe('unknown_key');
    expect(await verify('b.test')).toBe('accepted');
    expect(await verify('a.test', key)).toBe('unknown_key');
    client.close();
  });

  it('is told to the application where it is none, and taken from a clock that is a little ahead', async () => {
    const { client, events } = startWith(JSON.stringify(await exportKeys()));
    expect(events).toMatchObject([{ type: 'misuse', reason: 'key_cache_unusable' }]);
    client.close();
    const [set] = (await exportKeys()).issuers;
    const ahead = { version: 1, issuers: [{ ...set, fetchedAt: Date.now() + 30_000 }] };
    const { isUsable, issuers } = startWith(ahead).client.health();
    expect(isUsable).toBe(true);
    expect(issuers[0]?.ageSeconds).toBeGreaterThanOrEqual(0);
    const farAhead = { version: 1, issuers: [{ ...set, fetchedAt: Date.now() + 90_000 }] };
    expect(startWith(farAhead).client.health()).toMatchObject({ isUsable: false });
  });
});
