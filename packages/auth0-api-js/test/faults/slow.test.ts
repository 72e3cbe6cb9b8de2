import { describe, expect, it, vi } from 'vitest';
import { stopTime } from '../support/clock.js';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer, keysPath, metadataPath } from '../support/fault-issuer/create-fault-issuer.js';
import {
  drip,
  dripHeaders,
  hangAfterHeaders,
  hangBeforeHeaders,
  hangMidBody,
} from '../support/fault-issuer/slow-faults.js';
import { SocketlessIssuer } from '../support/fault-issuer/socketless-issuer.js';

const deadlineSeconds = 0.2;
const ways = [
  ['hangs before the headers', hangBeforeHeaders],
  ['hangs after the headers', hangAfterHeaders],
  ['hangs one byte before the end', hangMidBody],
  ['drips its body', drip],
  ['drips its headers', dripHeaders],
] as const;

describe.each([
  ['metadata', metadataPath],
  ['keys', keysPath],
] as const)('an issuer whose answer for %s', (_what, at) => {
  it.each(ways)('FC05 L7 %s: DOWN at the deadline, and the connection is ended', async (_how, fault) => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(fault, { at });
    const bench = createFaultBench({
      domain: issuer.origin,
      keys: { deadlineSeconds, minBackOffSeconds: 60, maxBackOffSeconds: 60 },
    });
    const startedAt = performance.now();
    expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
    const elapsed = performance.now() - startedAt;
    expect(elapsed).toBeGreaterThan(deadlineSeconds * 1000 - 5);
    // A process that is busy gets a second more; a hang has no end.
    expect(elapsed).toBeLessThan(deadlineSeconds * 1000 + 1500);
    expect(issuer.injected).toBe(1);
    expect(bench.events).toMatchObject([
      { type: 'outage', message: expect.stringContaining('(no complete answer within 0.2 s)') as string },
    ]);
    expect(bench.state()).toBe('empty');
    await expect.poll(() => issuer.ended).toBe(1);
    expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
    expect(issuer.injected).toBe(1);
  });

  it.each(ways)('FC05 L7 L14 %s while warm: every token is accepted', async (_how, fault) => {
    const issuer = await createFaultIssuer();
    const bench = createFaultBench({
      domain: issuer.origin,
      keys: {
        freshSeconds: 0.2,
        minFreshSeconds: 0,
        deadlineSeconds: 0.1,
        minBackOffSeconds: 0.1,
        maxBackOffSeconds: 0.1,
      },
    });
    const token = issuer.token();
    expect(await bench.verdict(token)).toBe('OK');
    issuer.misbehave(fault, { at });
    const until = async (isThere: () => boolean): Promise<void> => {
      while (!isThere()) {
        expect(await bench.verdict(token)).toBe('OK');
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await until(() => issuer.injected >= 2 && bench.told().includes('keys_stale'));
    // A body that ends with its connection and one that does not end are two ways to fail.
    expect([...new Set(bench.told())]).toEqual(['outage', 'keys_stale']);
    issuer.misbehave();
    await until(() => bench.told().includes('recovery'));
    expect(bench.state()).toBe('fresh');
  });
});

/** Answers after a time. */
async function after(seconds: number, answer: () => Response): Promise<Response> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return answer();
}

describe('the deadline', () => {
  it('FC05 L7 covers metadata and keys together: 3 s for each are too many', async () => {
    stopTime();
    const upstream = new SocketlessIssuer();
    const { issuer } = upstream;
    upstream.fault = async (url) =>
      after(3, () =>
        url.endsWith('keys') ? upstream.publish() : Response.json({ issuer, jwks_uri: `${issuer}keys` }),
      );
    const bench = createFaultBench({ domain: upstream.origin, customFetch: upstream.fetch });
    const verdict = bench.verdict(upstream.token());
    await vi.advanceTimersByTimeAsync(4999);
    expect(bench.client.health().issuers[0]).toMatchObject({ isFetching: true });
    expect(upstream.injected).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await verdict).toBe('DOWN issuer_unreachable');
  });

  it('FC05 L7 is kept: an answer that comes just before it is in time', async () => {
    stopTime();
    const upstream = new SocketlessIssuer();
    const { issuer } = upstream;
    upstream.fault = async (url) =>
      after(2.4995, () =>
        url.endsWith('keys') ? upstream.publish() : Response.json({ issuer, jwks_uri: `${issuer}keys` }),
      );
    const bench = createFaultBench({ domain: upstream.origin, customFetch: upstream.fetch });
    const verdict = bench.verdict(upstream.token());
    await vi.advanceTimersByTimeAsync(4999);
    expect(await verdict).toBe('OK');
    expect(upstream.injected).toBe(2);
  });

  it('FC05 holds for all who wait: 300 requests share one fetch and one end', async () => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(hangBeforeHeaders);
    const bench = createFaultBench({ domain: issuer.origin, keys: { deadlineSeconds } });
    const token = issuer.token();
    const verdicts = await Promise.all(Array.from({ length: 300 }, async () => bench.verdict(token)));
    expect(new Set(verdicts)).toEqual(new Set(['DOWN issuer_unreachable']));
    expect([issuer.injected, issuer.connections]).toEqual([1, 1]);
    expect(bench.told()).toEqual(['outage']);
  });
});
