import { describe, expect, it, vi } from 'vitest';
import { stopTime } from '../support/clock.js';
import { createFaultBench, type FaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer } from '../support/fault-issuer/create-fault-issuer.js';
import { refuseConnection, SocketlessIssuer } from '../support/fault-issuer/socketless-issuer.js';

const longestBackOff = 30;

function createStill(): { upstream: SocketlessIssuer; bench: FaultBench } {
  stopTime();
  const upstream = new SocketlessIssuer();
  const bench = createFaultBench({ domain: upstream.origin, customFetch: upstream.fetch });
  return { upstream, bench };
}

/** Asks once a second for a while, and counts the verdicts. */
async function askFor(seconds: number, bench: FaultBench, token: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let second = 0; second < seconds; second++) {
    const verdict = await bench.verdict(token);
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    await vi.advanceTimersByTimeAsync(1000);
  }
  return counts;
}

describe('an endpoint that is down', () => {
  it('FC01 L15 at the start, up after 10 s: DOWN until the first success, which comes one back-off later at most', async () => {
    const { upstream, bench } = createStill();
    upstream.fault = refuseConnection;
    const token = upstream.token();
    expect(bench.state()).toBe('empty');
    expect(await askFor(10, bench, token)).toEqual({ 'DOWN issuer_unreachable': 10 });
    const { injected } = upstream;
    // Waits of 0.5 s or more, up to 1, 2, 4, 8 s.
    expect(injected).toBeGreaterThanOrEqual(3);
    expect(injected).toBeLessThanOrEqual(20);
    expect(bench.state()).toBe('empty');

    upstream.fault = undefined;
    const wait = bench.client.health().issuers[0]?.nextAttemptInSeconds ?? 0;
    expect(wait).toBeLessThanOrEqual(longestBackOff);
    await vi.advanceTimersByTimeAsync(wait * 1000);
    expect(upstream.injected).toBe(injected);
    expect(bench.state()).toBe('fresh');
    expect(await bench.verdict(token)).toBe('OK');
    expect(bench.told()).toEqual(['outage', 'recovery']);
  });

  it('FC01 L15 asks at most twice in the first second, and once in each back-off, whatever is asked of it', async () => {
    const { upstream, bench } = createStill();
    upstream.fault = refuseConnection;
    const token = upstream.token();
    for (let call = 0; call < 300; call++) {
      expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
      await vi.advanceTimersByTimeAsync(1000 / 300);
    }
    expect(upstream.injected).toBeGreaterThanOrEqual(1);
    expect(upstream.injected).toBeLessThanOrEqual(2);
    const { injected } = upstream;
    expect(await Promise.all(Array.from({ length: 300 }, async () => bench.verdict(token)))).toEqual(
      Array.from({ length: 300 }, () => 'DOWN issuer_unreachable'),
    );
    expect(upstream.injected).toBe(injected);
  });

  it('FC01 L15 comes back by itself over real sockets, once somebody listens', async () => {
    const gone = await createFaultIssuer();
    const port = Number(new URL(gone.origin).port);
    await gone.close();
    const bench = createFaultBench({
      domain: gone.origin,
      keys: { minBackOffSeconds: 0.1, maxBackOffSeconds: 0.1 },
    });
    expect(await bench.verdict(gone.token())).toBe('DOWN issuer_unreachable');
    expect(bench.events).toMatchObject([
      { type: 'outage', message: expect.stringContaining('ECONNREFUSED') as string },
    ]);
    const back = await createFaultIssuer({ port });
    await expect.poll(() => bench.state()).toBe('fresh');
    expect(await bench.verdict(back.token())).toBe('OK');
    expect(bench.told()).toEqual(['outage', 'recovery']);
  });

  it('FC02 L14 L16 while warm: no failure for as long as stale keys serve, then DOWN, and an event for each change', async () => {
    const { upstream, bench } = createStill();
    const token = upstream.token();
    expect(await bench.verdict(token)).toBe('OK');
    upstream.fault = refuseConnection;
    expect(await askFor(600, bench, token)).toEqual({ OK: 600 });
    expect(bench.told()).toEqual(['outage']);
    expect(bench.state()).toBe('stale');
    expect(await askFor(3600, bench, token)).toEqual({ OK: 3600 });
    expect(bench.told()).toEqual(['outage', 'keys_stale']);
    expect(bench.state()).toBe('expired');
    expect(await askFor(60, bench, token)).toEqual({ 'DOWN issuer_unreachable': 60 });
    expect(bench.told()).toEqual(['outage', 'keys_stale', 'keys_expired']);
    // An hour of waits of 15 s on average, and never two attempts within half a second.
    expect(upstream.injected).toBeGreaterThan(3600 / longestBackOff);
    expect(upstream.injected).toBeLessThan(3600 / (longestBackOff / 4));

    upstream.fault = undefined;
    await vi.advanceTimersByTimeAsync(longestBackOff * 1000);
    expect(bench.state()).toBe('fresh');
    expect(await bench.verdict(token)).toBe('OK');
    expect(bench.told()).toEqual(['outage', 'keys_stale', 'keys_expired', 'recovery']);
  });

  it('FC02 L16 says in the events how old the keys are, and how long they serve', async () => {
    const { upstream, bench } = createStill();
    const token = upstream.token();
    await bench.verdict(token);
    upstream.fault = refuseConnection;
    await vi.advanceTimersByTimeAsync(600_000);
    await bench.verdict(token);
    await vi.advanceTimersByTimeAsync(3600_000);
    await bench.verdict(token);
    expect(upstream.injected).toBeGreaterThan(0);
    const { issuer } = upstream;
    expect(bench.events.slice(1)).toEqual([
      { type: 'keys_stale', issuer, ageSeconds: 600, usableForSeconds: 3600 },
      { type: 'keys_expired', issuer, ageSeconds: 4200 },
    ]);
  });

  it('FC02 L16 with staleSeconds: 0, keys serve not a moment longer than their time', async () => {
    stopTime();
    const upstream = new SocketlessIssuer();
    const bench = createFaultBench({
      domain: upstream.origin,
      customFetch: upstream.fetch,
      keys: { staleSeconds: 0 },
    });
    const token = upstream.token();
    await bench.verdict(token);
    upstream.fault = refuseConnection;
    await vi.advanceTimersByTimeAsync(599_999);
    expect(await bench.verdict(token)).toBe('OK');
    await vi.advanceTimersByTimeAsync(1);
    expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(upstream.injected).toBeGreaterThan(0);
  });
});
