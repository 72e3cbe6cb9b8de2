import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyCache } from '@auth0/auth0-api-js';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer, type FaultIssuer } from '../support/fault-issuer/create-fault-issuer.js';
import { refuseConnection, SocketlessIssuer } from '../support/fault-issuer/socketless-issuer.js';

const hour = 3_600_000;

/** What somebody may have stored, of an issuer. */
const caches: readonly (readonly [string, (issuer: FaultIssuer) => unknown])[] = [
  ['null', () => null],
  ['a text', () => 'keys'],
  ['a list', () => []],
  ['an empty object', () => ({})],
  ['another version', (issuer) => ({ ...good(issuer), version: 2 })],
  ['issuers that are no list', () => ({ version: 1, issuers: {} })],
  ['no issuers', () => ({ version: 1, issuers: [] })],
  ['issuers that are none', () => ({ version: 1, issuers: [null, 7, 'x', [], {}] })],
  ['another issuer', (issuer) => good(issuer, { issuer: 'https://other.test/' })],
  ['the issuer without its slash', (issuer) => good(issuer, { issuer: issuer.origin })],
  ['no time', (issuer) => good(issuer, { fetchedAt: undefined })],
  ['a time that is a text', (issuer) => good(issuer, { fetchedAt: new Date().toISOString() })],
  ['a time that is NaN', (issuer) => good(issuer, { fetchedAt: Number.NaN })],
  ['a time before 1970', (issuer) => good(issuer, { fetchedAt: -1 })],
  ['a time to come', (issuer) => good(issuer, { fetchedAt: Date.now() + hour })],
  ['keys that are two hours old', (issuer) => good(issuer, { fetchedAt: Date.now() - 2 * hour })],
  ['keys that last for ever', (issuer) => good(issuer, { fetchedAt: 0, freshSeconds: 1e12 })],
  ['a lifetime that is infinite', (issuer) => good(issuer, { freshSeconds: Infinity })],
  ['no keys', (issuer) => good(issuer, { keys: [] })],
  ['keys that are no list', (issuer) => good(issuer, { keys: {} })],
  ['keys that are none', (issuer) => good(issuer, { keys: [null, {}, 'key'] })],
  ['more keys than allowed', (issuer) => good(issuer, { keys: Array(101).fill(publicKeys(issuer)[0]) })],
  ['a secret', (issuer) => good(issuer, { keys: [{ kty: 'oct', k: 'A'.repeat(43), alg: 'HS256' }] })],
];

function publicKeys(issuer: FaultIssuer): object[] {
  return issuer.keys.map(({ publicJwk }) => publicJwk);
}

function good(issuer: FaultIssuer, changes: object = {}): { version: number; issuers: object[] } {
  const set = { issuer: issuer.issuer, fetchedAt: Date.now(), freshSeconds: 600, keys: publicKeys(issuer) };
  return { version: 1, issuers: [{ ...set, ...changes }] };
}

describe('a key cache', () => {
  it('FC23 that is good is used: nobody is asked', async () => {
    const issuer = await createFaultIssuer();
    const cache = good(issuer) as unknown as KeyCache;
    const bench = createFaultBench({ domain: issuer.origin, keys: { cache } });
    expect(bench.state()).toBe('fresh');
    expect(await bench.verdict(issuer.token())).toBe('OK');
    expect(issuer.requests).toEqual([]);
  });

  it.each(caches)('FC23 of %s is ignored: the keys are fetched', async (_what, make) => {
    const issuer = await createFaultIssuer();
    const cache = make(issuer) as KeyCache;
    const bench = createFaultBench({ domain: issuer.origin, keys: { cache } });
    expect(bench.state()).toBe('empty');
    expect(await bench.verdict(issuer.token())).toBe('OK');
    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
    // What is no cache at all is a mistake of the program.
    const isCache = typeof cache === 'object' && cache?.version === 1 && Array.isArray(cache.issuers);
    const isNothing = cache === undefined || cache === null;
    expect(bench.told()).toEqual(isCache || isNothing ? [] : ['misuse']);
  });

  it('FC23 of old keys serves only until the issuer is asked: what it has withdrawn is out', async () => {
    const issuer = await createFaultIssuer();
    const stranger = await createFaultIssuer();
    const cache = good(issuer, {
      fetchedAt: Date.now() - hour / 2,
      keys: publicKeys(stranger),
    }) as unknown as KeyCache;
    const bench = createFaultBench({ domain: issuer.origin, keys: { cache } });
    expect(bench.state()).toBe('stale');
    const withdrawn = stranger.token({ iss: issuer.issuer });
    expect(await bench.verdict(withdrawn)).toBe('TOK unknown_key');
    expect(await bench.verdict(issuer.token())).toBe('OK');
    expect(issuer.requests).toHaveLength(2);
  });

  it('FC23 of whatever it is made of is no reason to fail, with the issuer up or down', async () => {
    const upstream = new SocketlessIssuer();
    const token = upstream.token();
    const set = fc.record(
      {
        issuer: fc.oneof(fc.constant(upstream.issuer), fc.anything()),
        fetchedAt: fc.oneof(fc.constant(Date.now() - 1000), fc.anything()),
        freshSeconds: fc.oneof(fc.constant(600), fc.anything()),
        keys: fc.oneof(fc.array(fc.anything()), fc.anything()),
      },
      { requiredKeys: [] },
    );
    const anyCache = fc.oneof(
      fc.anything(),
      fc.record({ version: fc.constant(1), issuers: fc.array(fc.oneof(set, fc.anything())) }),
    );
    await fc.assert(
      fc.asyncProperty(anyCache, fc.boolean(), async (cache, isDown) => {
        upstream.fault = isDown ? refuseConnection : undefined;
        const { injected } = upstream;
        const bench = createFaultBench({
          domain: upstream.origin,
          customFetch: upstream.fetch,
          keys: { cache: cache as KeyCache },
        });
        expect(await bench.verdict(token)).toBe(isDown ? 'DOWN issuer_unreachable' : 'OK');
        expect(upstream.injected).toBe(isDown ? injected + 1 : injected);
        bench.client.close();
      }),
      { numRuns: 300 },
    );
  });
});
