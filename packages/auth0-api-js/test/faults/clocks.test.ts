import { describe, expect, it, vi } from 'vitest';
import { noon, stopTime } from '../support/clock.js';
import { createFaultBench, type FaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { SocketlessIssuer } from '../support/fault-issuer/socketless-issuer.js';

const hour = 3600;

/** A client with keys in memory, and the clock that a test turns. */
async function createWarm(): Promise<{ upstream: SocketlessIssuer; bench: FaultBench; token: string }> {
  stopTime();
  const upstream = new SocketlessIssuer();
  const bench = createFaultBench({ domain: upstream.origin, customFetch: upstream.fetch });
  const token = upstream.token({ exp: noon + 600 });
  expect(await bench.verdict(token)).toBe('OK');
  return { upstream, bench, token };
}

/** Turns the wall clock, and it alone. */
function turnTo(seconds: number): void {
  const monotonicBefore = performance.now();
  vi.setSystemTime(seconds * 1000);
  expect(performance.now()).toBe(monotonicBefore);
}

describe('a wall clock', () => {
  it('FC16 that jumps an hour ahead: tokens are judged by it, keys are not', async () => {
    const { upstream, bench, token } = await createWarm();
    turnTo(noon + hour);
    expect(await bench.verdict(token)).toBe('TOK token_expired');
    expect(await bench.verdict(upstream.token())).toBe('OK');
    expect(bench.client.health().issuers[0]).toMatchObject({ state: 'fresh', ageSeconds: 0 });
    expect(upstream.keyRequests).toBe(1);
    expect(bench.told()).toEqual([]);
  });

  it('FC16 that jumps an hour back: tokens are from the future, keys are not', async () => {
    const { upstream, bench, token } = await createWarm();
    turnTo(noon - hour);
    expect(await bench.verdict(token)).toBe('TOK issued_in_future');
    expect(await bench.verdict(upstream.token())).toBe('OK');
    expect(bench.client.health().issuers[0]).toMatchObject({ state: 'fresh', ageSeconds: 0 });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(upstream.keyRequests).toBe(2);
    expect(bench.told()).toEqual([]);
  });

  it('FC16 that is set back and forth in mid-run: the token that is good at the moment is accepted', async () => {
    const { upstream, bench, token } = await createWarm();
    for (const turn of [hour, 0, -hour, 0, 24 * hour, 0, -24 * hour, 0]) {
      turnTo(noon + turn);
      expect((await bench.verdict(token)) === 'OK').toBe(turn === 0);
      expect(await bench.verdict(upstream.token())).toBe('OK');
    }
    expect(upstream.keyRequests).toBe(1);
  });

  it('FC16 that stands still: keys age all the same, and are refreshed in their time', async () => {
    const { upstream, bench, token } = await createWarm();
    for (let minute = 0; minute < 60; minute++) {
      await vi.advanceTimersByTimeAsync(60_000);
      turnTo(noon);
      expect(await bench.verdict(token)).toBe('OK');
    }
    // Every 480 to 570 s.
    expect(upstream.keyRequests).toBeGreaterThanOrEqual(7);
    expect(upstream.keyRequests).toBeLessThanOrEqual(8);
  });

  it.each([hour, -hour])(
    'FC16 that jumps %i s while the issuer is away: no back-off is longer for it',
    async (turn) => {
      stopTime();
      const upstream = new SocketlessIssuer();
      // A date, by the clock of an issuer that differs from this one.
      const retryAfter = new Date((noon + 20) * 1000).toUTCString();
      upstream.fault = () => Response.json({}, { status: 503, headers: { 'retry-after': retryAfter } });
      turnTo(noon - turn);
      const bench = createFaultBench({ domain: upstream.origin, customFetch: upstream.fetch });
      const token = upstream.token();
      expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
      expect(upstream.injected).toBe(1);
      turnTo(noon);
      upstream.fault = undefined;
      const wait = bench.client.health().issuers[0]?.nextAttemptInSeconds ?? Number.NaN;
      expect(wait).toBeLessThanOrEqual(31);
      await vi.advanceTimersByTimeAsync(wait * 1000);
      expect(await bench.verdict(upstream.token())).toBe('OK');
    },
  );

  it.each([hour, -hour])(
    'FC16 that jumps %i s after the keys were exported: they are ignored or of use, never a failure',
    async (turn) => {
      const { upstream, bench } = await createWarm();
      const cache = bench.client.exportKeys();
      turnTo(noon + turn);
      const other = createFaultBench({
        domain: upstream.origin,
        customFetch: upstream.fetch,
        keys: { cache },
      });
      // Keys from the future are none; keys of an hour ago serve until newer ones are there.
      expect(other.state()).toBe(turn > 0 ? 'stale' : 'empty');
      expect(await other.verdict(upstream.token())).toBe('OK');
      expect(upstream.keyRequests).toBe(2);
    },
  );

  it('FC16 of the application (`now`) that jumps: the same', async () => {
    stopTime();
    const upstream = new SocketlessIssuer();
    let offset = 0;
    const bench = createFaultBench({
      domain: upstream.origin,
      customFetch: upstream.fetch,
      now: () => Date.now() + offset * 1000,
    });
    const token = upstream.token({ exp: noon + 600 });
    for (const [turn, verdict] of [
      [0, 'OK'],
      [hour, 'TOK token_expired'],
      [-hour, 'TOK issued_in_future'],
      [0, 'OK'],
    ] as const) {
      offset = turn;
      expect(await bench.verdict(token)).toBe(verdict);
    }
    expect(upstream.keyRequests).toBe(1);
  });
});
