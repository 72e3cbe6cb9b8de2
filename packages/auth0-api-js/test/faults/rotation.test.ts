import { describe, expect, it, vi } from 'vitest';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { stopTime } from '../support/clock.js';
import { createFaultBench, type FaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer } from '../support/fault-issuer/create-fault-issuer.js';
import { SocketlessIssuer } from '../support/fault-issuer/socketless-issuer.js';

const [first, second, third, fourth] = [1, 2, 3, 4].map(() => createTestKey('Ed25519')) as [
  ReturnType<typeof createTestKey>,
  ReturnType<typeof createTestKey>,
  ReturnType<typeof createTestKey>,
  ReturnType<typeof createTestKey>,
];

/** An issuer that publishes the first key, and a client that knows it. */
async function createWarm(): Promise<{ upstream: SocketlessIssuer; bench: FaultBench }> {
  stopTime();
  const upstream = new SocketlessIssuer();
  upstream.keys = [first];
  const bench = createFaultBench({ domain: upstream.origin, customFetch: upstream.fetch });
  expect(await bench.verdict(upstream.token())).toBe('OK');
  expect(upstream.keyRequests).toBe(1);
  return { upstream, bench };
}

describe('a rotation', () => {
  it('FC11 L10 with overlap: the first token of the new key costs one fetch, the others none; both keys are good', async () => {
    const { upstream, bench } = await createWarm();
    upstream.keys = [first, second];
    for (let round = 0; round < 10; round++) {
      expect(await bench.verdict(upstream.token({}, second))).toBe('OK');
      expect(await bench.verdict(upstream.token({}, first))).toBe('OK');
    }
    expect(upstream.keyRequests).toBe(2);
    expect(bench.told()).toEqual([]);
  });

  it('FC11 L10 with overlap, and time to spread: nobody needs to ask', async () => {
    const { upstream, bench } = await createWarm();
    upstream.keys = [first, second];
    await vi.advanceTimersByTimeAsync(600_000);
    expect(upstream.keyRequests).toBe(2);
    expect(await bench.verdict(upstream.token({}, second))).toBe('OK');
    expect(upstream.keyRequests).toBe(2);
  });

  it('FC11 L10 L11 without overlap: the new key after one fetch, and the old one is out with it', async () => {
    const { upstream, bench } = await createWarm();
    const old = upstream.token({}, first);
    upstream.keys = [second];
    expect(await bench.verdict(old)).toBe('OK');
    expect(await bench.verdict(upstream.token({}, second))).toBe('OK');
    expect(await bench.verdict(old)).toBe('TOK unknown_key');
    // The old key id is unknown now, and that was looked for a moment ago.
    expect(upstream.keyRequests).toBe(2);
  });

  it('FC11 L11 without overlap and without a token of the new key: the old one is out within its time', async () => {
    const { upstream, bench } = await createWarm();
    const old = upstream.token({}, first);
    upstream.keys = [second];
    await vi.advanceTimersByTimeAsync(479_000);
    expect(await bench.verdict(old)).toBe('OK');
    await vi.advanceTimersByTimeAsync(121_000);
    expect(await bench.verdict(old)).toBe('TOK unknown_key');
  });

  it('FC11 twice in the time of one set: each costs one fetch; the second is found a cooldown after the first', async () => {
    const { upstream, bench } = await createWarm();
    upstream.keys = [second];
    expect(await bench.verdict(upstream.token({}, second))).toBe('OK');
    upstream.keys = [third];
    await vi.advanceTimersByTimeAsync(29_999);
    expect(await bench.verdict(upstream.token({}, third))).toBe('TOK unknown_key');
    expect(upstream.keyRequests).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await bench.verdict(upstream.token({}, third))).toBe('OK');
    expect(upstream.keyRequests).toBe(3);
    expect(await bench.verdict(upstream.token({}, second))).toBe('TOK unknown_key');
    expect(await bench.verdict(upstream.token({}, first))).toBe('TOK unknown_key');
    expect(upstream.keyRequests).toBe(3);
  });

  it('FC11 that is rolled back: the old key is good again after one fetch, the new one is out', async () => {
    const { upstream, bench } = await createWarm();
    const [old, bad] = [upstream.token({}, first), upstream.token({}, second)];
    upstream.keys = [second];
    expect(await bench.verdict(bad)).toBe('OK');
    upstream.keys = [first];
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await bench.verdict(old)).toBe('OK');
    expect(await bench.verdict(bad)).toBe('TOK unknown_key');
    expect(upstream.keyRequests).toBe(3);
  });

  it('FC11 that keeps the key id: the old key is out with the next set, whatever was verified with it', async () => {
    const { upstream, bench } = await createWarm();
    const impostor = { ...second, kid: first.kid, publicJwk: { ...second.publicJwk, kid: first.kid } };
    const old = upstream.token({}, first);
    upstream.keys = [impostor];
    await vi.advanceTimersByTimeAsync(600_000);
    expect(await bench.verdict(old)).toBe('TOK signature_invalid');
    expect(await bench.verdict(upstream.token({}, impostor))).toBe('OK');
    expect(upstream.keyRequests).toBe(2);
  });

  it('FC11 L10 L19 over real sockets, seen by 500 tokens at once: one fetch', async () => {
    const issuer = await createFaultIssuer();
    const bench = createFaultBench({ domain: issuer.origin });
    expect(await bench.verdict(issuer.token())).toBe('OK');
    issuer.keys = [fourth, ...issuer.keys];
    issuer.requests.length = 0;
    const tokens = Array.from({ length: 500 }, (_, index) => issuer.token({ sub: `user-${index}` }));
    const verdicts = await Promise.all(tokens.map(async (token) => bench.verdict(token)));
    expect(new Set(verdicts)).toEqual(new Set(['OK']));
    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });
});

/** Publishes these sets in turn, one for each time it is asked, and counts. */
function alternate(
  upstream: SocketlessIssuer,
  copies: readonly (readonly ReturnType<typeof createTestKey>[])[],
): { readonly switches: () => number } {
  const { issuer } = upstream;
  let asked = 0;
  upstream.fault = (url) => {
    if (!url.endsWith('keys')) return Response.json({ issuer, jwks_uri: `${issuer}keys` });
    asked += 1;
    return upstream.publish(copies[asked % copies.length]);
  };
  return { switches: () => asked };
}

describe('two copies of a key set, an old and a new one, that a CDN serves in turn', () => {
  it('FC12 with both keys valid: no token is refused for two hours, and each refresh costs one more fetch at most', async () => {
    const { upstream, bench } = await createWarm();
    const { switches } = alternate(upstream, [[first], [first, second]]);
    const tokens = [upstream.token({}, first), upstream.token({}, second)];
    const verdicts = new Set<string>();
    for (let second_ = 0; second_ < 7200; second_ += 5) {
      for (const token of tokens) verdicts.add(await bench.verdict(token));
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect(verdicts).toEqual(new Set(['OK']));
    // A set that lacks the second key serves until a token of it comes: at once. One more each 480 s at the earliest.
    expect(switches()).toBeGreaterThanOrEqual(2);
    expect(switches()).toBeLessThanOrEqual(2 * (7200 / 480) + 1);
    expect(bench.told()).toEqual([]);
  });

  it('FC12 with nothing in common: at most one fetch a cooldown, and at each moment one of both is good', async () => {
    const { upstream, bench } = await createWarm();
    const { switches } = alternate(upstream, [[first], [second]]);
    const tokens = [upstream.token({}, first), upstream.token({}, second)];
    for (let passed = 0; passed < 1800; passed += 5) {
      const verdicts = [];
      for (const token of tokens) verdicts.push(await bench.verdict(token));
      expect(verdicts).toContain('OK');
      expect(verdicts.filter((verdict) => verdict !== 'OK' && verdict !== 'TOK unknown_key')).toEqual([]);
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect(switches()).toBeGreaterThan(1800 / 60);
    expect(switches()).toBeLessThanOrEqual(1800 / 30 + 1);
  });
});
