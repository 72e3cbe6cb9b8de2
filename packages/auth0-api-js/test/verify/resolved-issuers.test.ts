import { describe, expect, it, vi } from 'vitest';
import { ApiClient, TemporarilyUnavailableError, type ApiClientOptions } from '@auth0/auth0-api-js';
import { bearerOnly } from '../../src/binding/presented.js';
import { KeySet } from '../../src/keys/key-set.js';
import { StaticKeys } from '../../src/keys/static-keys.js';
import { readResolver } from '../../src/options/domains-options.js';
import { readPolicy } from '../../src/options/profile-options.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { AllowedDomains } from '../../src/verify/allowed-domains.js';
import { ResolvedIssuers } from '../../src/verify/resolved-issuers.js';
import { ConfiguredIssuers, type TrustedIssuer } from '../../src/verify/trusted-issuers.js';
import { audience, claimsText, headerText, signRaw } from '../support/bench.js';
import { stopTime } from '../support/clock.js';

const key = createTestKey('Ed25519');

/** Issuers that a resolver brings, all with the same key, and what they were asked for. */
interface Rush {
  readonly client: ApiClient;
  /** The hosts whose keys were asked for, in order. */
  readonly asked: string[];
  /** The hosts that do not answer. */
  readonly silent: Set<string>;
  readonly aborted: string[];
  readonly verify: (host: string) => Promise<unknown>;
  readonly remembered: () => string[];
}

function createRush(maxEntries: number, options: Partial<ApiClientOptions> = {}): Rush {
  const asked: string[] = [];
  const aborted: string[] = [];
  const silent = new Set<string>();
  const customFetch: typeof fetch = async (input, init) => {
    const { host, origin, pathname } = new URL(input instanceof Request ? input.url : input);
    if (pathname !== '/keys') return Response.json({ issuer: `${origin}/`, jwks_uri: `${origin}/keys` });
    asked.push(host);
    if (!silent.has(host)) return Response.json({ keys: [key.publicJwk] });
    return new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => {
        aborted.push(host);
        reject(new Error('aborted'));
      });
    });
  };
  const client = new ApiClient({
    audience,
    algorithms: ['Ed25519'],
    domains: ({ unverifiedIss }) => [unverifiedIss],
    discoveryCache: { maxEntries },
    customFetch,
    onEvent: () => {},
    ...options,
  });
  return {
    client,
    asked,
    silent,
    aborted,
    verify: async (host) =>
      client.verifyAccessToken({
        accessToken: signRaw(key, headerText(key), claimsText({ iss: `https://${host}/` })),
      }),
    remembered: () => client.health().issuers.map(({ issuer }) => new URL(issuer).host),
  };
}

const hosts = (count: number): string[] => Array.from({ length: count }, (_, at) => `t${at}.test`);

describe('ResolvedIssuers', () => {
  it('F7 forget the issuer that was used longest ago', async () => {
    const { verify, remembered, asked } = createRush(3);
    for (const host of ['a.test', 'b.test', 'c.test', 'a.test', 'd.test']) await verify(host);
    expect(remembered()).toEqual(['c.test', 'a.test', 'd.test']);
    await verify('a.test');
    expect(asked).toEqual(['a.test', 'b.test', 'c.test', 'd.test']);
    await verify('b.test');
    expect(asked).toEqual(['a.test', 'b.test', 'c.test', 'd.test', 'b.test']);
  });

  it('F7 remember the one in use, even where they shall remember none', async () => {
    const { verify, remembered, asked } = createRush(0);
    for (const host of ['a.test', 'a.test', 'a.test', 'b.test']) await verify(host);
    expect(asked).toEqual(['a.test', 'b.test']);
    expect(remembered()).toEqual(['b.test']);
  });

  it('F7 do not forget one whose keys are on their way', async () => {
    const { verify, remembered, silent, aborted, client } = createRush(2);
    silent.add('slow.test');
    const waiting = verify('slow.test');
    for (const host of ['a.test', 'b.test', 'c.test']) await verify(host);
    expect(remembered()).toEqual(['slow.test', 'b.test', 'c.test']);
    expect(aborted).toEqual([]);
    client.close();
    await expect(waiting).rejects.toMatchObject({ reason: 'client_closed' });
  });

  it('L22 stop refreshing what they forget', async () => {
    stopTime();
    const { verify, asked, client } = createRush(1);
    await verify('a.test');
    await verify('b.test');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toEqual(['a.test', 'b.test', 'b.test']);
    client.close();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['at once', (({ unverifiedIss }) => [unverifiedIss]) satisfies ApiClientOptions['domains']],
    ['later', (async ({ unverifiedIss }) => [unverifiedIss]) satisfies ApiClientOptions['domains']],
  ])(
    'F7 refuse no good token in a rush of 300 issuers where 10 are remembered, and the resolver answers %s',
    async (_when, domains) => {
      const { verify, remembered, asked, client } = createRush(10, { domains });
      await Promise.all(hosts(300).map(verify));
      expect(asked).toHaveLength(300);
      // What is too many goes with the next ones.
      for (const host of hosts(40)) await verify(host);
      expect(remembered()).toEqual(hosts(40).slice(30));
      client.close();
    },
  );

  it('F7 remember no more than they may after 10,000 issuers, one after the other', async () => {
    const { verify, remembered, client } = createRush(100);
    for (const host of hosts(10_000)) await verify(host);
    expect(remembered()).toEqual(hosts(10_000).slice(9900));
    client.close();
  }, 60_000);

  it('F7 never forget an issuer that the options name', async () => {
    const { verify, remembered } = createRush(1, {
      issuers: [{ issuer: 'https://own.test/', publicKey: key.publicJwk }],
    });
    for (const host of ['a.test', 'b.test', 'own.test']) await verify(host);
    expect(remembered()).toEqual(['own.test', 'b.test']);
  });

  it('F2 ask nothing of an issuer that the resolver does not allow', async () => {
    const { verify, remembered, asked } = createRush(10, { domains: () => ['good.test'] });
    await expect(verify('evil.test')).rejects.toMatchObject({ reason: 'issuer_mismatch' });
    expect([remembered(), asked]).toEqual([[], []]);
  });

  it('L22 ask nobody once they are closed, for issuers that come later, too', async () => {
    const { verify, client, asked } = createRush(10);
    await verify('a.test');
    client.close();
    await expect(verify('b.test')).rejects.toMatchObject({ statusCode: 503, reason: 'client_closed' });
    await expect(verify('a.test')).resolves.toBeDefined();
    expect(asked).toEqual(['a.test']);
  });
});

describe('ResolvedIssuers, when forged tokens name allowed issuers', () => {
  /** Signed by a key that none of the issuers has. */
  const forged = (host: string): string => {
    const own = createTestKey('Ed25519');
    return signRaw(own, headerText(own, { kid: key.kid }), claimsText({ iss: `https://${host}/` }));
  };

  it('forget none of those that have verified a token', async () => {
    const { client, verify, asked } = createRush(3);
    for (const host of hosts(3)) await verify(host);
    for (const host of hosts(20).slice(3))
      await expect(client.verifyAccessToken({ accessToken: forged(host) })).rejects.toMatchObject({
        reason: 'signature_invalid',
      });
    const before = asked.length;
    for (const host of hosts(3)) await verify(host);
    expect(asked).toHaveLength(before);
    client.close();
  });

  it('ask none of them more than once in the cooldown, whatever is forgotten', async () => {
    stopTime();
    const { client, asked } = createRush(3);
    const reasons = new Set<unknown>();
    for (let round = 0; round < 5; round++) {
      for (const host of hosts(10))
        await client
          .verifyAccessToken({ accessToken: forged(host) })
          .catch(({ reason }: { reason?: unknown }) => reasons.add(reason));
    }
    expect(asked.length).toBeLessThanOrEqual(10);
    expect(reasons).toEqual(new Set(['signature_invalid', 'too_many_issuers']));
    vi.advanceTimersByTime(30_000);
    const before = asked.length;
    await client.verifyAccessToken({ accessToken: forged('t0.test') }).catch(() => {});
    expect(asked).toHaveLength(before + 1);
    client.close();
  });

  it('are not left alone once a token of theirs was verified after all', () => {
    const keys = new StaticKeys(new KeySet([]));
    const policy = readPolicy({ audience });
    const issuers = new ResolvedIssuers({
      configured: new ConfiguredIssuers([]),
      domains: new AllowedDomains(
        readResolver(() => ['a.test', 'b.test'], undefined),
        () => {},
      ),
      maxIssuers: 1,
      cooldownSeconds: 30,
      create: (issuer) => ({ issuer, policy, keys }),
    });
    const late = issuers.find('https://a.test/', bearerOnly) as TrustedIssuer;
    void issuers.find('https://b.test/', bearerOnly);
    expect(() => issuers.find('https://a.test/', bearerOnly)).toThrow(TemporarilyUnavailableError);
    issuers.confirm(late);
    expect(issuers.find('https://a.test/', bearerOnly)).toMatchObject({ issuer: 'https://a.test/' });
  });

  it('do not count in health, since callers choose them', async () => {
    const { client, verify, silent } = createRush(3, {
      issuers: [{ issuer: 'https://own.test/', publicKey: key.publicJwk }],
    });
    await verify('a.test');
    silent.add('dead.test');
    const waiting = client.verifyAccessToken({ accessToken: forged('dead.test') }).catch(() => {});
    expect(client.health()).toMatchObject({ isUsable: true, isComplete: true });
    expect(client.health().issuers).toHaveLength(3);
    client.close();
    await waiting;
  });
});
