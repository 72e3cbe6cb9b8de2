import { describe, expect, it } from 'vitest';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer } from '../support/fault-issuer/create-fault-issuer.js';
import { reportOf } from '../support/fault-issuer/run-child-beside.js';
import { hangBeforeHeaders } from '../support/fault-issuer/slow-faults.js';
import { SocketlessIssuer } from '../support/fault-issuer/socketless-issuer.js';

describe('a thousand requests that are given up', () => {
  it('FC24 L22 by closing the client: all end at once, the connection too, and nobody is told of an outage', async () => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(hangBeforeHeaders);
    const bench = createFaultBench({ domain: issuer.origin });
    const token = issuer.token();
    const verdicts = Promise.all(Array.from({ length: 1000 }, async () => bench.verdict(token)));
    await expect.poll(() => issuer.injected).toBe(1);
    bench.client.close();
    expect(new Set(await verdicts)).toEqual(new Set(['DOWN client_closed']));
    await expect.poll(() => issuer.ended).toBe(1);
    expect(bench.told()).toEqual([]);
    expect(await bench.verdict(token)).toBe('DOWN client_closed');
    expect(issuer.requests).toHaveLength(1);
  });

  it('FC24 L22 by closing the client as the answer arrives: nothing new begins', async () => {
    const upstream = new SocketlessIssuer();
    const bench = createFaultBench({
      domain: upstream.origin,
      customFetch: async (input) => {
        const response = await upstream.fetch(input);
        if (upstream.keyRequests === 1) bench.client.close();
        return response;
      },
    });
    expect(await bench.verdict(upstream.token())).toBe('DOWN client_closed');
    expect(upstream.keyRequests).toBe(1);
    expect(bench.client.health().issuers).toEqual([
      { issuer: upstream.issuer, state: 'empty', isUsable: false, keyCount: 0, isFetching: false },
    ]);
  });

  it('FC24 by their callers: one fetch goes on for all, and the next one is served', async () => {
    const issuer = await createFaultIssuer();
    const held: (() => void)[] = [];
    issuer.misbehave(({ res, document }) => held.push(() => res.end(JSON.stringify(document))));
    const bench = createFaultBench({ domain: issuer.origin });
    const token = issuer.token();
    const givenUp = new AbortController();
    const aborted = new Promise<string>((resolve) => {
      givenUp.signal.addEventListener('abort', () => resolve('given up'));
    });
    const requests = Array.from({ length: 1000 }, async () => Promise.race([bench.verdict(token), aborted]));
    await expect.poll(() => issuer.injected).toBe(1);
    givenUp.abort();
    expect(new Set(await Promise.all(requests))).toEqual(new Set(['given up']));
    issuer.misbehave();
    for (const answer of held) answer();
    expect(await bench.verdict(token)).toBe('OK');
    expect(issuer.requests).toHaveLength(2);
    expect(bench.told()).toEqual([]);
  });

  it('FC24 L22 leaves nothing behind in a process: no word, no unhandled rejection, no memory, no timer', async () => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(hangBeforeHeaders);
    // It must end by itself: nothing here ends it.
    const report = await reportOf(
      `
      const round = async () => {
        const client = createClient({ domain: '${issuer.origin}', onEvent: undefined });
        const outcomes = Promise.all(Array.from({ length: 1000 }, () => verdict(client, '${issuer.token()}')));
        const controller = new AbortController();
        const waits = Promise.allSettled(
          Array.from({ length: 1000 }, () => client.ready({ signal: controller.signal })),
        );
        // Some that nobody waits for at all.
        client.verifyAccessToken({ accessToken: '${issuer.token()}' }).catch(() => {});
        await new Promise((resolve) => setImmediate(resolve));
        controller.abort();
        const unready = (await waits).filter(({ status, reason }) => status === 'rejected' && reason.statusCode === 503);
        client.close();
        return [[...new Set(await outcomes)], unready.length];
      };
      const results = [];
      for (let index = 0; index < 3; index++) results.push(await round());
      gc();
      const before = process.memoryUsage().heapUsed;
      for (let index = 0; index < 10; index++) results.push(await round());
      gc();
      const grown = process.memoryUsage().heapUsed - before;
      report({ outcomes: [...new Set(results.map((result) => JSON.stringify(result)))], grown });
    `,
      { execArgv: ['--expose-gc'] },
    );
    expect(report).toMatchObject({ outcomes: [JSON.stringify([['503 client_closed'], 1000])] });
    // Ten rounds of two thousand waits each: 20,000 of them would take up far more.
    expect((report as { grown: number }).grown).toBeLessThan(2 * 1024 * 1024);
    await expect.poll(() => issuer.ended).toBe(issuer.injected);
    expect(issuer.injected).toBeLessThanOrEqual(13);
  });
});
