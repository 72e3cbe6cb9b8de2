import { describe, expect, it, vi } from 'vitest';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { stopTime } from '../support/clock.js';
import { answerStatus } from '../support/fault-issuer/answer-faults.js';
import { createFaultBench, type FaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer } from '../support/fault-issuer/create-fault-issuer.js';
import { refuseConnection, SocketlessIssuer } from '../support/fault-issuer/socketless-issuer.js';

const stranger = createTestKey('Ed25519');
const next = createTestKey('Ed25519');

/** A token whose key id nobody has ever had. */
function forge(upstream: { token: SocketlessIssuer['token'] }, name: string): string {
  return upstream.token({}, { ...stranger, kid: `made-up-${name}` });
}

/** Counts what becomes of tokens that are verified at once. */
async function judge(bench: FaultBench, tokens: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const verdict of await Promise.all(tokens.map(async (token) => bench.verdict(token))))
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

describe('a flood of made-up key ids', () => {
  it('FC13 L12 5,000 beside 500 good tokens, over real sockets: no good one fails, and the issuer is asked twice', async () => {
    const issuer = await createFaultIssuer();
    const bench = createFaultBench({ domain: issuer.origin });
    const good = Array.from({ length: 500 }, (_, index) => issuer.token({ sub: `user-${index}` }));
    const forged = Array.from({ length: 5000 }, (_, index) => forge(issuer, `${index}`));
    expect(await bench.verdict(issuer.token())).toBe('OK');
    const outcomes: Promise<Record<string, number>>[] = [];
    for (let batch = 0; batch < 10; batch++) {
      outcomes.push(judge(bench, forged.slice(batch * 500, (batch + 1) * 500)));
      expect(await judge(bench, good.slice(batch * 50, (batch + 1) * 50))).toEqual({ OK: 50 });
    }
    expect(await Promise.all(outcomes)).toEqual(
      Array.from({ length: 10 }, () => ({ 'TOK unknown_key': 500 })),
    );
    expect(issuer.requests.filter((path) => path === '/keys')).toHaveLength(2);
    expect(bench.told()).toEqual([]);
  });

  it('FC13 L12 L13 for five minutes: one fetch a cooldown, and a real rotation is seen one cooldown later at most', async () => {
    stopTime();
    const upstream = new SocketlessIssuer();
    const bench = createFaultBench({ domain: upstream.origin, customFetch: upstream.fetch });
    const [old] = upstream.keys;
    const good = upstream.token();
    expect(await bench.verdict(good)).toBe('OK');
    const newer = upstream.token({}, next);
    let rotatedFor = 0;
    let seenAfter = Number.NaN;
    for (let second = 0; second < 300; second++) {
      if (second === 100 && old) upstream.keys = [old, next];
      const forged = Array.from({ length: 10 }, (_, index) => forge(upstream, `${second}-${index}`));
      expect(await judge(bench, forged)).toEqual({ 'TOK unknown_key': 10 });
      expect(await bench.verdict(good)).toBe('OK');
      if (second >= 100 && Number.isNaN(seenAfter)) {
        if ((await bench.verdict(newer)) === 'OK') seenAfter = rotatedFor;
        rotatedFor += 1;
      }
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(seenAfter).toBeLessThanOrEqual(30);
    // The first one, and at 0, 30, … 270 s.
    expect(upstream.keyRequests).toBe(11);
  });

  it('FC13 costs nobody memory: key ids are not remembered', async () => {
    const issuer = await createFaultIssuer();
    const bench = createFaultBench({ domain: issuer.origin });
    await bench.verdict(issuer.token());
    const before = JSON.stringify(bench.client.exportKeys().issuers[0]?.keys);
    await judge(
      bench,
      Array.from({ length: 1000 }, (_, index) => forge(issuer, `${index}`)),
    );
    expect(JSON.stringify(bench.client.exportKeys().issuers[0]?.keys)).toBe(before);
    expect(bench.client.health().issuers).toHaveLength(1);
  });
});

describe('a flood, an outage and a rotation together', () => {
  it('FC14 fail no token of a known key, for ten minutes', async () => {
    stopTime();
    const upstream = new SocketlessIssuer();
    const bench = createFaultBench({ domain: upstream.origin, customFetch: upstream.fetch });
    const [old] = upstream.keys;
    const good = upstream.token();
    const newer = upstream.token({}, next);
    expect(await bench.verdict(good)).toBe('OK');
    const verdictsOfNewer = new Set<string>();
    for (let second = 0; second < 600; second++) {
      if (second === 60) upstream.fault = refuseConnection;
      if (second === 120 && old) upstream.keys = [old, next];
      const forged = await judge(
        bench,
        Array.from({ length: 10 }, (_, index) => forge(upstream, `${second}-${index}`)),
      );
      // While nobody can say which keys there are, no key id is called made up.
      if (second >= 60) expect(forged).toEqual({ 'DOWN issuer_unreachable': 10 });
      else expect(forged).toEqual({ 'TOK unknown_key': 10 });
      expect(await bench.verdict(good)).toBe('OK');
      if (second >= 120) verdictsOfNewer.add(await bench.verdict(newer));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(verdictsOfNewer).toEqual(new Set(['DOWN issuer_unreachable']));
    expect(upstream.injected).toBeGreaterThan(540 / 30);
    expect(upstream.injected).toBeLessThan(540 / 5);
    expect(bench.told()).toEqual(['outage']);

    upstream.fault = undefined;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await judge(bench, [good, newer])).toEqual({ OK: 2 });
    expect(bench.told()).toEqual(['outage', 'recovery']);
  });

  it('FC14 over real sockets: 2,000 forged tokens cost the failing issuer one request a back-off', async () => {
    const issuer = await createFaultIssuer();
    const bench = createFaultBench({
      domain: issuer.origin,
      keys: { minBackOffSeconds: 60, maxBackOffSeconds: 60 },
    });
    const good = issuer.token();
    expect(await bench.verdict(good)).toBe('OK');
    issuer.misbehave(answerStatus(503));
    const forged = Array.from({ length: 2000 }, (_, index) => forge(issuer, `${index}`));
    expect(await judge(bench, forged)).toEqual({ 'DOWN issuer_unreachable': 2000 });
    expect(
      await judge(
        bench,
        Array.from({ length: 200 }, () => good),
      ),
    ).toEqual({ OK: 200 });
    expect(issuer.injected).toBe(1);
  });
});
