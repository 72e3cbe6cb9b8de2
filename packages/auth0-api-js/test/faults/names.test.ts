import dns, { type LookupAddress, type LookupOptions } from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { describe, expect, it, vi } from 'vitest';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { claimsText, headerText, signRaw } from '../support/bench.js';
import { createCertificate } from '../support/fault-issuer/create-certificate.js';
import { onCleanUp } from '../support/fault-issuer/clean-up.js';
import { createFaultBench, type FaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer } from '../support/fault-issuer/create-fault-issuer.js';

const key = createTestKey('Ed25519');
const keys = { deadlineSeconds: 0.3, minBackOffSeconds: 60, maxBackOffSeconds: 60 };

type Callback = (error: Error | null, addresses: LookupAddress[]) => void;

/** A name server that does this with every question, and counts them. */
function serveNames(answer: (host: string, callback: Callback) => void): { readonly asked: string[] } {
  const asked: string[] = [];
  vi.spyOn(dns, 'lookup').mockImplementation(((host: string, _options: LookupOptions, callback: Callback) => {
    asked.push(host);
    answer(host, callback);
  }) as unknown as typeof dns.lookup);
  syncBuiltinESMExports();
  onCleanUp(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });
  return { asked };
}

function failWith(code: string): (host: string, callback: Callback) => void {
  return (_host, callback) => setImmediate(callback, Object.assign(new Error(code), { code }), []);
}

/** By the options, and by a resolver: the one is fetched with the global `fetch`, the other with the guarded one. */
const ways = [
  ['domain', (domain: string): FaultBench => createFaultBench({ domain, keys })],
  ['a resolver', (domain: string): FaultBench => createFaultBench({ domains: () => [domain], keys })],
] as const;

function tokenOf(issuer: string): string {
  return signRaw(key, headerText(key), claimsText({ iss: issuer }));
}

describe.each(ways)('a name that %s brings', (_what, createBench) => {
  it('FC09 is nobody’s: DOWN, on a machine with and without a network', async () => {
    const bench = createBench('nobody.invalid');
    expect(await bench.verdict(tokenOf('https://nobody.invalid/'))).toBe('DOWN issuer_unreachable');
    expect(bench.state()).toBe('empty');
    expect(bench.events).toMatchObject([
      {
        type: 'outage',
        message: expect.stringMatching(
          /could not be fetched \((ENOTFOUND|EAI_AGAIN|no complete answer within 0\.3 s)\)/,
        ) as string,
      },
    ]);
  });

  it.each([
    ['NXDOMAIN', 'ENOTFOUND'],
    ['SERVFAIL', 'EAI_AGAIN'],
    ['a name server that refuses', 'ECONNREFUSED'],
  ])('FC09 %s: DOWN, and the name is asked for once in a back-off', async (_case, code) => {
    const { asked } = serveNames(failWith(code));
    const bench = createBench('issuer.test');
    const token = tokenOf('https://issuer.test/');
    expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(asked).toEqual(['issuer.test']);
    expect(bench.events).toMatchObject([{ message: expect.stringContaining(`(${code})`) as string }]);
  });

  it('FC09 a name server that says nothing for 30 s: DOWN at the deadline', async () => {
    const { asked } = serveNames(() => {});
    const bench = createBench('issuer.test');
    const startedAt = performance.now();
    expect(await bench.verdict(tokenOf('https://issuer.test/'))).toBe('DOWN issuer_unreachable');
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect(asked).toEqual(['issuer.test']);
    expect(bench.events).toMatchObject([
      { message: expect.stringContaining('(no complete answer within 0.3 s)') as string },
    ]);
  });
});

describe('a name of this machine that a resolver brings', () => {
  it('FC09 L3 is refused with 503, and the server is not spoken to', async () => {
    const tls = createCertificate({ host: 'localhost' });
    const issuer = await createFaultIssuer({ tls });
    const bench = createFaultBench({ domains: () => [issuer.origin], keys });
    expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
    expect(issuer.connections).toBe(0);
    expect(bench.events).toMatchObject([
      { type: 'outage', message: expect.stringContaining('(ADDRESS_FORBIDDEN)') as string },
    ]);
  });

  it('FC09 L3 is spoken to where allowPrivateHosts has it, over http, too', async () => {
    const issuer = await createFaultIssuer();
    const domainsResolver = { allowPrivateHosts: ['127.0.0.1'] };
    const bench = createFaultBench({ domains: () => [issuer.origin], domainsResolver, keys });
    expect(await bench.verdict(issuer.token())).toBe('OK');
    expect(issuer.connections).toBe(2);
  });

  it('FC09 L3 is refused from the moment its address is private: the keys in memory serve on', async () => {
    const tls = createCertificate({ host: 'localhost' });
    const target = await createFaultIssuer({ tls });
    const port = new URL(target.origin).port;
    const host = 'issuer.test';
    const { asked } = serveNames((_host, callback) =>
      setImmediate(callback, null, [{ address: '127.0.0.1', family: 4 }]),
    );
    // Its keys were fetched while its address was a public one.
    const cache = {
      version: 1 as const,
      issuers: [
        {
          issuer: `https://${host}:${port}/`,
          fetchedAt: Date.now() - 90_000,
          freshSeconds: 60,
          keys: [key.publicJwk],
        },
      ],
    };
    const bench = createFaultBench({ domains: () => [`${host}:${port}`], keys: { ...keys, cache } });
    expect(await bench.verdict(tokenOf(`https://${host}:${port}/`))).toBe('OK');
    await expect.poll(() => bench.told()).toContain('outage');
    expect(asked).toEqual([host]);
    expect(target.connections).toBe(0);
    expect(bench.state()).toBe('stale');
  });
});
