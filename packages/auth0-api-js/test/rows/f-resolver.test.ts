import { describe, expect, it, vi } from 'vitest';
import {
  ApiClient,
  type ApiClientOptions,
  type Auth0ApiEvent,
  type DomainsContext,
  type DomainsResolver,
} from '@auth0/auth0-api-js';
import { audience } from '../support/bench.js';
import { stopTime } from '../support/clock.js';
import { reasonOf } from '../support/reason-of.js';
import { builtModule, runChild } from '../support/run-child.js';
import { edKey, serveIssuers, tokenBy } from '../support/several-issuers.js';

const algorithms = ['Ed25519'];
const a = 'https://a.test/';
const b = 'https://b.test/';

/** A client that asks a resolver; the option `issuers` names an issuer whose keys are at hand. */
function createResolving(domains: DomainsResolver, options: Partial<ApiClientOptions> = {}) {
  const events: Auth0ApiEvent[] = [];
  const { customFetch, requests } = serveIssuers(() => [edKey.publicJwk]);
  const client = new ApiClient({
    audience,
    algorithms,
    customFetch,
    domains,
    issuers: [{ issuer: 'https://pinned.test/', jwks: { keys: [edKey.publicJwk] } }],
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { client, events, requests };
}

describe('F5, a resolver that fails', () => {
  const marker = 'sEcReT-marker';
  const failures: readonly (readonly [string, () => unknown, string])[] = [
    [
      'throws',
      () => {
        throw new Error(marker);
      },
      'it failed (Error',
    ],
    ['rejects', async () => Promise.reject(new TypeError(marker)), 'it failed (TypeError'],
    ['rejects with nothing', async () => Promise.reject(undefined), 'it failed (undefined'],
    ['answers nothing', () => undefined, 'it did not answer with an array'],
    ['answers null', async () => null, 'it did not answer with an array'],
    ['answers a text', () => a, 'it did not answer with an array'],
    ['answers a set', () => new Set([a]), 'it did not answer with an array'],
    ['answers a number among domains', () => [a, 7], 'it answered with a domain that is no string'],
    ['answers a list among domains', () => [[a]], 'it answered with a domain that is no string'],
    ['answers an http URL', () => [a, 'http://b.test/'], 'something that is no domain'],
    ['answers http of this machine', () => ['http://localhost/'], 'it answered with an http:// address'],
    ['answers a URL with a path', () => [`${a}x`], 'something that is no domain'],
    ['answers an empty text', () => [''], 'something that is no domain'],
    ['answers 10,000 domains', () => Array.from({ length: 10_000 }, () => a), 'more than 1000 domains'],
  ];

  it.each(failures)('F5 is an outage of this API, never a bad token: it %s', async (_what, fail, message) => {
    let isWell = false;
    const { client, events, requests } = createResolving((() => (isWell ? [a] : fail())) as DomainsResolver);
    await expect(client.verifyAccessToken({ accessToken: tokenBy(a) })).rejects.toMatchObject({
      statusCode: 503,
      reason: 'domains_resolver_failed',
      retryAfterSeconds: 1,
      headers: { 'retry-after': ['1'] },
    });
    expect(requests).toEqual([]);
    expect(events).toEqual([
      { type: 'misuse', reason: 'domains_resolver_failed', message: expect.stringContaining(message) },
    ]);
    expect(JSON.stringify(events)).not.toContain(marker);
    expect(await reasonOf(client, tokenBy('https://pinned.test/'))).toBe('accepted');
    isWell = true;
    expect(await reasonOf(client, tokenBy(a))).toBe('accepted');
    client.close();
  });

  it('F5 allows nobody with an empty list: a bad token, and no outage', async () => {
    const { client, requests } = createResolving(() => []);
    expect(await reasonOf(client, tokenBy(a))).toBe('issuer_mismatch');
    expect(requests).toEqual([]);
  });

  it('F5 waits 5 s for a resolver that never settles, and no longer', async () => {
    stopTime();
    let answer = async (): Promise<string[]> => new Promise(() => {});
    const { client, requests } = createResolving(async () => answer());
    const verdicts: string[] = [];
    const asked = Promise.all([1, 2, 3].map(async () => verdicts.push(await reasonOf(client, tokenBy(a)))));
    expect(await reasonOf(client, tokenBy('https://pinned.test/'))).toBe('accepted');
    await vi.advanceTimersByTimeAsync(4999);
    expect(verdicts).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await asked;
    expect(verdicts).toEqual(Array.from({ length: 3 }, () => 'domains_resolver_failed'));
    expect(requests).toEqual([]);
    answer = async () => [a];
    expect(await reasonOf(client, tokenBy(a))).toBe('accepted');
    client.close();
  });

  it('F5 waits for as long as the option says', async () => {
    stopTime();
    const { client } = createResolving(async () => new Promise(() => {}), {
      domainsResolver: { deadlineSeconds: 0.2 },
    });
    const asked = reasonOf(client, tokenBy(a));
    await vi.advanceTimersByTimeAsync(200);
    expect(await asked).toBe('domains_resolver_failed');
  });
});

describe('F6, what the caller says of the request', () => {
  const hostile = {
    httpUrl: 'https://evil.test/x?iss=https://evil.test/',
    headers: { host: 'evil.test', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' },
  };

  it('F6 moves nothing where no function asks for it', async () => {
    const { customFetch, requests } = serveIssuers(() => [edKey.publicJwk]);
    const client = new ApiClient({ audience, algorithms, customFetch, domain: a, issuers: [{ issuer: b }] });
    expect(await reasonOf(client, tokenBy('https://evil.test/'), hostile)).toBe('issuer_mismatch');
    expect(requests).toEqual([]);
    expect(await reasonOf(client, tokenBy(a), hostile)).toBe('accepted');
    expect(requests.every((url) => url.startsWith(a))).toBe(true);
    client.close();
  });

  it('F6 reaches the resolver as it is, with what the token names as its issuer', async () => {
    const seen: DomainsContext[] = [];
    const { client } = createResolving((context) => {
      seen.push(context);
      return [a];
    });
    expect(await reasonOf(client, tokenBy('https://evil.test/'), hostile)).toBe('issuer_mismatch');
    expect(await reasonOf(client, tokenBy(a))).toBe('accepted');
    expect(await reasonOf(client, tokenBy('https://pinned.test/'), hostile)).toBe('accepted');
    expect(seen).toEqual([
      { unverifiedIss: 'https://evil.test/', url: hostile.httpUrl, headers: hostile.headers },
      { unverifiedIss: a },
    ]);
    client.close();
  });
});

describe('F7, very many issuers', () => {
  it('F7 gives each of 300 that come at once its keys, with one fetch each', async () => {
    let open: (value?: unknown) => void = () => {};
    const gate = new Promise((resolve) => {
      open = resolve;
    });
    const issuers = Array.from({ length: 300 }, (_, index) => `https://tenant-${index}.test/`);
    const { customFetch, requests } = serveIssuers(async () => {
      await gate;
      return [edKey.publicJwk];
    });
    const { client } = createResolving(({ unverifiedIss }) => [unverifiedIss], { customFetch });
    const asked = Promise.all(
      issuers.flatMap((issuer) => [reasonOf(client, tokenBy(issuer)), reasonOf(client, tokenBy(issuer))]),
    );
    open();
    expect(new Set(await asked)).toEqual(new Set(['accepted']));
    expect(requests).toHaveLength(600);
    expect(new Set(requests).size).toBe(600);
    client.close();
  });

  it(
    'F7 remembers 100 of 10,000, never forgets one of the options, and grows by less than 4 MB',
    { timeout: 60_000 },
    () => {
      const end = runChild(
        `
      import { setFlagsFromString } from 'node:v8';
      import { runInNewContext } from 'node:vm';
      const { ApiClient } = await import(${JSON.stringify(builtModule('index.js'))});
      const { createTestKey } = await import(${JSON.stringify(builtModule('testing/create-test-key.js'))});
      const { mintToken } = await import(${JSON.stringify(builtModule('testing/mint-token.js'))});
      setFlagsFromString('--expose-gc');
      const gc = runInNewContext('gc');
      const key = createTestKey('Ed25519');
      let pinnedRequests = 0;
      const customFetch = async (url) => {
        const issuer = new URL(url).origin + '/';
        if (issuer === 'https://pinned.test/') pinnedRequests += 1;
        return Response.json(url.endsWith('/keys') ? { keys: [key.publicJwk] } : { issuer, jwks_uri: issuer + 'keys' });
      };
      const client = new ApiClient({
        audience: 'api',
        algorithms: ['Ed25519'],
        domains: ({ unverifiedIss }) => [unverifiedIss],
        issuers: [{ issuer: 'https://pinned.test/' }],
        customFetch,
        onEvent: () => {},
      });
      const now = Math.floor(Date.now() / 1000);
      const reasons = new Set();
      // For another audience: its keys are fetched, its signature is checked, and nothing is remembered of it.
      const ask = (iss, aud) => {
        const accessToken = mintToken(key, { claims: { iss, aud, iat: now, exp: now + 600 }, header: {} });
        return client.verifyAccessToken({ accessToken }).then(() => 'accepted', ({ reason }) => reason);
      };
      const askAll = async (from, to) => {
        for (let n = from; n < to; n++) reasons.add(await ask('https://tenant-' + n + '.test/', 'another'));
        await new Promise(setImmediate);
        gc();
        return process.memoryUsage().heapUsed;
      };
      const pinnedBefore = await ask('https://pinned.test/', 'api');
      const before = await askAll(0, 1000);
      const grown = (await askAll(1000, 11000)) - before;
      const pinnedAfter = await ask('https://pinned.test/', 'api');
      const known = client.health().issuers.length;
      console.log(JSON.stringify({ reasons: [...reasons], pinnedBefore, pinnedAfter, pinnedRequests, known, grown }));
    `,
        60_000,
      );
      expect(end.stderr).toBe('');
      const { grown, ...outcome } = JSON.parse(end.stdout) as { grown: number };
      expect(outcome).toEqual({
        reasons: ['audience_mismatch'],
        pinnedBefore: 'accepted',
        pinnedAfter: 'accepted',
        pinnedRequests: 2,
        known: 101,
      });
      expect(grown).toBeLessThan(4 * 1024 * 1024);
    },
  );
});
