import { describe, expect, it, vi } from 'vitest';
import { InvalidConfigurationError } from '@auth0/auth0-api-js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { audience } from '../support/bench.js';
import { stopTime } from '../support/clock.js';
import { answerJson, answerText } from '../support/fault-issuer/answer-faults.js';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer, keysPath, metadataPath } from '../support/fault-issuer/create-fault-issuer.js';
import { reportOf } from '../support/fault-issuer/run-child-beside.js';
import { refuseConnection, SocketlessIssuer } from '../support/fault-issuer/socketless-issuer.js';

// L2, L4, L6, L7, L9 to L16 and L23 are in test/faults, L3 in test/keys/guarded-fetch.test.ts, beside the faults that they are about.

describe('L, where keys may come from', () => {
  it.each([
    { domain: 'http://tenant.example.com' },
    { domain: 'http://127.0.0.1.example.com' },
    { domain: 'http://localhost.example.com' },
    { domain: 'http://0.0.0.0' },
    { domain: 'http://10.0.0.1' },
    { domains: ['http://tenant.example.com'] },
    { issuers: [{ issuer: 'http://tenant.example.com/' }] },
    { issuers: [{ issuer: 'https://tenant.example.com/', jwksUri: 'http://tenant.example.com/keys' }] },
    { issuers: [{ issuer: 'https://tenant.example.com/', jwksUri: 'file:///etc/keys.json' }] },
    { issuers: [{ issuer: 'https://tenant.example.com/', jwksUri: 'data:application/json,{}' }] },
  ])('L1 %j is a configuration error', (options) => {
    expect(() => createFaultBench(options)).toThrow(InvalidConfigurationError);
  });

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://127.8.9.1', 'http://[::1]:3000'])(
    'L1 %s is this machine, and fine',
    (domain) => {
      expect(() => createFaultBench({ domain })).not.toThrow();
      const issuers = [{ issuer: `${domain}/`, jwksUri: `${domain}/keys` }];
      expect(() => createFaultBench({ issuers })).not.toThrow();
    },
  );

  it.each(['rejectUnauthorized', 'insecure', 'allowHttp', 'agent', 'tls', 'timeoutDuration'])(
    'L21 has no option %s to look away with',
    (name) => {
      const options = { domain: 'tenant.example.com', audience, [name]: false };
      expect(() => createFaultBench(options)).toThrow(new RegExp(`\\b${name}\\b`));
      expect(() => createFaultBench({ domain: 'tenant.example.com', keys: { [name]: false } })).toThrow(
        new RegExp(`\\b${name}\\b`),
      );
    },
  );
});

describe('L, what is read', () => {
  it.each(['text/html', 'text/plain', 'application/octet-stream', 'application/jwk-set+json', ''])(
    'L5 JSON is JSON, whatever its content type says: %j',
    async (contentType) => {
      const issuer = await createFaultIssuer();
      issuer.misbehave(
        ({ res, document }) => res.setHeader('content-type', contentType).end(JSON.stringify(document)),
        { at: keysPath },
      );
      const bench = createFaultBench({ domain: issuer.origin });
      expect(await bench.verdict(issuer.token())).toBe('OK');
      expect(issuer.injected).toBe(1);
    },
  );

  it.each([metadataPath, keysPath])(
    'L5 a page is none, even if it says application/json, at %s',
    async (at) => {
      const issuer = await createFaultIssuer();
      issuer.misbehave(answerText('<!doctype html><title>{"keys":[]}</title>', 'application/json'), { at });
      const bench = createFaultBench({ domain: issuer.origin });
      expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
      expect(issuer.injected).toBe(1);
      expect(bench.events).toMatchObject([
        { message: expect.stringContaining('answered with something that is not JSON') as string },
      ]);
    },
  );

  it('L8 bad keys are left out one by one, with an event each, and the good ones work', async () => {
    const issuer = await createFaultIssuer();
    const [good] = issuer.keys;
    const other = createTestKey('RS256').publicJwk;
    const bad = [
      null,
      'key',
      [],
      {},
      { kty: 'xyz' },
      { ...other, n: undefined },
      { ...other, e: '!' },
      { ...good?.publicJwk, x: undefined },
      { ...good?.publicJwk, d: 'AAAA' },
      { kty: 'oct', k: 'AAAA', kid: good?.kid },
      { ...other, use: 'enc' },
      { ...other, n: other['n']?.toString().slice(0, 171) },
    ];
    issuer.misbehave(answerJson({ keys: [...bad, good?.publicJwk] }), { at: keysPath });
    const bench = createFaultBench({ domain: issuer.origin });
    expect(await bench.verdict(issuer.token())).toBe('OK');
    expect(issuer.injected).toBe(1);
    expect(bench.events.map((event) => 'index' in event && event.index)).toEqual(
      bad.map((_, index) => index),
    );
    expect(bench.client.health().issuers[0]).toMatchObject({ keyCount: 1 });
  });

  it('L8 of two keys with one id, each verifies what it has signed', async () => {
    const issuer = await createFaultIssuer();
    const [key] = issuer.keys;
    const twin = { ...createTestKey('Ed25519'), kid: key?.kid ?? '' };
    issuer.keys = [...issuer.keys, { ...twin, publicJwk: { ...twin.publicJwk, kid: twin.kid } }];
    const bench = createFaultBench({ domain: issuer.origin });
    expect(await bench.verdict(issuer.token())).toBe('OK');
    expect(await bench.verdict(issuer.token({}, twin))).toBe('OK');
    expect(await bench.verdict(issuer.token({}, { ...createTestKey('Ed25519'), kid: twin.kid }))).toBe(
      'TOK signature_invalid',
    );
  });

  it.each([
    [100, 'OK'],
    [101, 'DOWN issuer_keys_invalid'],
  ])('L8 a set of %i keys: %s', async (count, verdict) => {
    const issuer = await createFaultIssuer();
    const [key] = issuer.keys;
    issuer.misbehave(answerJson({ keys: Array.from({ length: count }, () => key?.publicJwk) }), {
      at: keysPath,
    });
    const bench = createFaultBench({ domain: issuer.origin });
    expect(await bench.verdict(issuer.token())).toBe(verdict);
    expect(issuer.injected).toBe(1);
  });
});

describe('L, when it is read', () => {
  it('L17 before it is due: no request waits for a refresh, and none notices one that fails', async () => {
    stopTime();
    const upstream = new SocketlessIssuer();
    const bench = createFaultBench({ domain: upstream.origin, customFetch: upstream.fetch });
    const token = upstream.token();
    expect(await bench.verdict(token)).toBe('OK');
    await vi.advanceTimersByTimeAsync(479_000);
    expect(upstream.keyRequests).toBe(1);
    upstream.fault = () => new Promise(() => {});
    await vi.advanceTimersByTimeAsync(91_000);
    // One is under way, or failed, and no request has caused it.
    expect(upstream.injected).toBeGreaterThanOrEqual(1);
    expect(await bench.verdict(token)).toBe('OK');
    upstream.fault = refuseConnection;
    await vi.advanceTimersByTimeAsync(29_000);
    expect(bench.state()).toBe('fresh');
    expect(await bench.verdict(token)).toBe('OK');
    upstream.fault = undefined;
    await vi.advanceTimersByTimeAsync(31_000);
    expect(bench.state()).toBe('fresh');
    expect(upstream.keyRequests).toBe(2);
    // It failed in one way, or in two where a refresh had time to hang before its connection was refused.
    expect([...new Set(bench.told())]).toEqual(['outage', 'recovery']);
    expect(bench.told().at(-1)).toBe('recovery');
  });

  it.each([
    ['max-age=0', 60],
    ['max-age=1', 60],
    ['max-age=59', 60],
    ['max-age=61', 61],
    ['public, max-age=3600, stale-while-revalidate=60', 3600],
    ['max-age=86400', 86_400],
    ['max-age=1000000000', 86_400],
    ['max-age=99999999999999999999', 600],
    ['max-age=-1', 600],
    ['max-age=1e9', 600],
    ['max-age=many', 600],
    ['max-age', 600],
    ['no-store', 60],
    ['no-cache, max-age=3600', 60],
    ['s-maxage=3600', 600],
    ['', 600],
    [undefined, 600],
  ])('L18 Cache-Control: %s makes keys good for %i s', async (value, seconds) => {
    stopTime();
    const upstream = new SocketlessIssuer();
    upstream.headers = value === undefined ? {} : { 'cache-control': value };
    const bench = createFaultBench({
      domain: upstream.origin,
      customFetch: upstream.fetch,
      keys: { staleSeconds: 0 },
    });
    const token = upstream.token({ exp: Math.floor(Date.now() / 1000) + 200_000 });
    expect(await bench.verdict(token)).toBe('OK');
    upstream.fault = refuseConnection;
    await vi.advanceTimersByTimeAsync(seconds * 1000 - 1);
    expect(await bench.verdict(token)).toBe('OK');
    await vi.advanceTimersByTimeAsync(1);
    expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(upstream.injected).toBeGreaterThan(0);
  });

  it('L19 a thousand requests at a cold start are one request for each document', async () => {
    const issuer = await createFaultIssuer();
    const bench = createFaultBench({ domain: issuer.origin });
    const tokens = Array.from({ length: 1000 }, (_, index) => issuer.token({ sub: `user-${index}` }));
    const verdicts = await Promise.all(tokens.map(async (token) => bench.verdict(token)));
    expect(new Set(verdicts)).toEqual(new Set(['OK']));
    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it('L20 an old answer that comes after a newer one is dropped', async () => {
    stopTime();
    const upstream = new SocketlessIssuer();
    const [old] = upstream.keys;
    const next = createTestKey('Ed25519');
    const late: (() => void)[] = [];
    const bench = createFaultBench({ domain: upstream.origin, customFetch: upstream.fetch });
    expect(await bench.verdict(upstream.token())).toBe('OK');
    upstream.fault = () =>
      new Promise((resolve) => {
        late.push(() =>
          resolve(Response.json({ issuer: upstream.issuer, jwks_uri: `${upstream.issuer}keys` })),
        );
      });
    await vi.advanceTimersByTimeAsync(580_000);
    expect(upstream.injected).toBeGreaterThanOrEqual(1);
    upstream.fault = undefined;
    upstream.keys = [next];
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await bench.verdict(upstream.token())).toBe('OK');
    const { keyRequests } = upstream;
    upstream.keys = old ? [old] : [];
    for (const answer of late) answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(upstream.keyRequests).toBe(keyRequests);
    expect(await bench.verdict(upstream.token({}, next))).toBe('OK');
  });

  it.each([
    ['is warm', '', 'OK'],
    ['waits for its next attempt', 'down', '503 issuer_unreachable'],
  ])('L22 a process whose client %s ends by itself', async (_what, mood, outcome) => {
    const issuer = await createFaultIssuer();
    if (mood === 'down') issuer.misbehave(answerText('', 'text/html'));
    const report = await reportOf(`
      const client = createClient({ domain: '${issuer.origin}' });
      const outcome = await verdict(client, '${issuer.token()}');
      report({ outcome, isPlanned: client.health().issuers[0].nextAttemptInSeconds > 0 });
    `);
    expect(report).toEqual({ outcome, isPlanned: true });
    expect(issuer.injected).toBe(mood === 'down' ? 1 : 0);
  });
});
