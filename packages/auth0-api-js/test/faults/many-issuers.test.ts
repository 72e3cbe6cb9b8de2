import { describe, expect, it } from 'vitest';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer } from '../support/fault-issuer/create-fault-issuer.js';
import { reportOf } from '../support/fault-issuer/run-child-beside.js';
import { hangBeforeHeaders } from '../support/fault-issuer/slow-faults.js';

describe('a hundred issuers', () => {
  it('FC15 of which ten hang: the others do not notice, and ten connections are held up', async () => {
    const upstream = await createFaultIssuer();
    const issuers = Array.from({ length: 100 }, (_, index) => `${upstream.issuer}tenant-${index}/`);
    const isHung = (issuer: string): boolean => /tenant-\d\/$/.test(issuer);
    upstream.misbehave(hangBeforeHeaders, { at: /^\/tenant-\d\// });
    const bench = createFaultBench({
      issuers: issuers.map((issuer) => ({ issuer })),
      keys: { deadlineSeconds: 3, minBackOffSeconds: 60, maxBackOffSeconds: 60 },
    });
    const tokens = new Map(issuers.map((issuer) => [issuer, upstream.token({ iss: issuer })]));
    const startedAt = performance.now();
    const ask = (of: (issuer: string) => boolean): Promise<string[]> =>
      Promise.all(
        issuers
          .filter(of)
          .flatMap((issuer) =>
            Array.from({ length: 20 }, async () => bench.verdict(tokens.get(issuer) ?? '')),
          ),
      );
    const hung = ask(isHung);
    const well = await ask((issuer) => !isHung(issuer));
    expect(well).toHaveLength(90 * 20);
    expect(new Set(well)).toEqual(new Set(['OK']));
    // All 90 are answered while the ten are waited for.
    expect(upstream.injected).toBe(10);
    expect(upstream.ended).toBe(0);
    expect(upstream.connections).toBeLessThanOrEqual(200);
    expect(bench.told()).toEqual([]);

    expect(await hung).toEqual(Array.from({ length: 10 * 20 }, () => 'DOWN issuer_unreachable'));
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(2995);
    expect(bench.told()).toEqual(Array.from({ length: 10 }, () => 'outage'));
    await expect.poll(() => upstream.ended).toBe(10);
    // Nobody asks a second time, and the others serve on.
    expect(new Set(await ask(isHung))).toEqual(new Set(['DOWN issuer_unreachable']));
    expect(new Set(await ask((issuer) => !isHung(issuer)))).toEqual(new Set(['OK']));
    expect(upstream.injected).toBe(10);
    expect(upstream.requests).toHaveLength(10 + 90 * 2);
    const health = bench.client.health();
    expect(health).toMatchObject({ isUsable: true, isComplete: false });
    expect(health.issuers.filter(({ isUsable }) => !isUsable).map(({ issuer }) => issuer)).toEqual(
      issuers.filter(isHung),
    );
  });

  it('FC15 that are all down: ready() waits for them in silence', async () => {
    const report = await reportOf(`
      let injected = 0;
      const client = createClient({
        issuers: Array.from({ length: 100 }, (_, index) => ({ issuer: 'https://tenant-' + index + '.test/' })),
        customFetch: async () => { injected++; throw new Error('down'); },
      });
      const waits = Array.from({ length: 20 }, () => client.ready({ timeoutSeconds: 1 }).catch(({ statusCode }) => statusCode));
      const outcomes = [...new Set(await Promise.all(waits))];
      client.close();
      report({ outcomes, areAllAsked: injected >= 100 });
    `);
    expect(report).toEqual({ outcomes: [503], areAllAsked: true });
  });
});
