import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiClient, type ApiClientOptions, type Auth0ApiEvent } from '@auth0/auth0-api-js';
import { authenticate } from '@auth0/auth0-api-js/adapter';
import { createTestKey, type PublicJwk, type TestKey } from '../../src/testing/create-test-key.js';
import { audience, claimsText, headerText, rsaKey, signRaw } from '../support/bench.js';
import { stopTime } from '../support/clock.js';
import { configurationError } from '../support/configuration-error.js';
import { reasonOf } from '../support/reason-of.js';
import { edKey, serveIssuers, tokenBy } from '../support/several-issuers.js';

const algorithms = ['Ed25519'];
const a = 'https://a.test/';
const b = 'https://b.test/';

describe('F1, issuers that cannot be', () => {
  it.each([
    'http://a.test/',
    'https://user:pass@a.test/',
    'https://a.test/?x=1',
    'https://a.test/#x',
    'https://a.test/path',
    '',
  ])('F1 are configuration errors wherever they stand: %j', (domain) => {
    expect(configurationError({ domain })).toContain('Invalid domain configuration');
    expect(configurationError({ domains: [domain] })).toContain('Invalid domains configuration');
    if (!domain.endsWith('/path'))
      expect(configurationError({ issuers: [{ issuer: domain }] })).toContain(
        'Invalid issuers[0] configuration',
      );
  });

  it('F1 are not none at all', () => {
    expect(configurationError({ domains: [] })).toContain('"domains" must not be empty');
    expect(configurationError({ issuers: [] })).toContain('"issuers" must be a non-empty array');
    expect(configurationError({})).toContain("'domain' is required");
  });
});

describe('F2, over real sockets', () => {
  interface Counted {
    readonly origin: string;
    readonly server: Server;
    connections: number;
    readonly paths: string[];
  }

  const started: Counted[] = [];

  async function startIssuer(): Promise<Counted> {
    const server = createServer(({ url = '' }, res) => {
      counted.paths.push(url);
      const issuer = `${counted.origin}/`;
      res.end(
        JSON.stringify(url === '/keys' ? { keys: [edKey.publicJwk] } : { issuer, jwks_uri: `${issuer}keys` }),
      );
    });
    server.on('connection', () => {
      counted.connections += 1;
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const counted: Counted = { origin: `http://localhost:${port}`, server, connections: 0, paths: [] };
    started.push(counted);
    return counted;
  }

  afterEach(() => {
    for (const { server } of started.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  /** Each way to say which issuers are trusted; the stranger is none of them. */
  const ways: readonly (readonly [string, (origin: string) => Partial<ApiClientOptions>])[] = [
    ['domain', (origin) => ({ domain: origin })],
    ['domains', (origin) => ({ domains: [origin] })],
    ['issuers', (origin) => ({ issuers: [{ issuer: `${origin}/` }] })],
    [
      'a resolver',
      (origin) => ({ domains: () => [origin], domainsResolver: { allowPrivateHosts: ['localhost'] } }),
    ],
  ];

  it.each(ways)('F2 asks nobody about a token of a stranger, by %s', async (_what, optionsOf) => {
    const [trusted, stranger] = [await startIssuer(), await startIssuer()];
    const client = new ApiClient({ audience, algorithms, onEvent: () => {}, ...optionsOf(trusted.origin) });
    const port = new URL(trusted.origin).port;
    const strangers = [
      `${stranger.origin}/`,
      stranger.origin,
      trusted.origin,
      `${trusted.origin}//`,
      `${trusted.origin}/x`,
      `http://127.0.0.1:${port}/`,
      `http://LOCALHOST:${port}/`,
      `https://localhost:${port}/`,
      `${trusted.origin}/?iss=${stranger.origin}/`,
    ];
    for (const iss of strangers) expect(await reasonOf(client, tokenBy(iss))).toBe('issuer_mismatch');
    expect([trusted.connections, stranger.connections]).toEqual([0, 0]);
    expect(await reasonOf(client, tokenBy(`${trusted.origin}/`))).toBe('accepted');
    expect(trusted.connections).toBeGreaterThan(0);
    expect(trusted.paths).toEqual(['/.well-known/openid-configuration', '/keys']);
    expect(stranger.connections).toBe(0);
    client.close();
  });
});

describe('F3 F4, several issuers', () => {
  const rename = (key: TestKey): PublicJwk => ({ ...key.publicJwk, kid: 'same' });
  const sign = (key: TestKey, iss: string, alg = key.alg): string =>
    signRaw(key, headerText(key, { kid: 'same', alg }), claimsText({ iss }));

  it('F3 refuses a token of one by the key of another, with the same key id in both sets', async () => {
    const [keyA, keyB] = [createTestKey('Ed25519'), createTestKey('Ed25519')];
    const { customFetch } = serveIssuers((issuer) => [rename(issuer === a ? keyA : keyB)]);
    const ways: readonly Partial<ApiClientOptions>[] = [
      { domains: [a, b] },
      { domain: a, issuers: [{ issuer: b }] },
      { issuers: [{ issuer: a }, { issuer: b, jwks: { keys: [rename(keyB)] } }] },
      { domains: () => [a, b] },
    ];
    for (const way of ways) {
      const client = new ApiClient({ audience, algorithms, customFetch, ...way });
      // Twice: once without, once with what is remembered of tokens and keys.
      for (let time = 0; time < 2; time++) {
        expect(await reasonOf(client, sign(keyB, a))).toBe('signature_invalid');
        expect(await reasonOf(client, sign(keyA, b))).toBe('signature_invalid');
        expect(await reasonOf(client, sign(keyA, a))).toBe('accepted');
        expect(await reasonOf(client, sign(keyB, b))).toBe('accepted');
      }
      client.close();
    }
  });

  it('F4 refuses a token of one with an algorithm that only another may use, though its key set has the key', async () => {
    const [ed, ec] = [createTestKey('Ed25519'), createTestKey('ES256')];
    const jwks = { keys: [ed.publicJwk, ec.publicJwk, rsaKey.publicJwk] };
    const client = new ApiClient({
      audience,
      issuers: [
        { issuer: a, jwks, algorithms: ['Ed25519'] },
        { issuer: b, jwks, algorithms: ['ES256'] },
        { issuer: 'https://c.test/', jwks },
      ],
    });
    const verdicts = async (iss: string): Promise<string[]> =>
      Promise.all([ed, ec, rsaKey].map(async (key) => reasonOf(client, tokenBy(iss, key))));
    const no = 'algorithm_not_allowed';
    for (let time = 0; time < 2; time++) {
      expect(await verdicts(a)).toEqual(['accepted', no, no]);
      expect(await verdicts(b)).toEqual([no, 'accepted', no]);
      expect(await verdicts('https://c.test/')).toEqual([no, no, 'accepted']);
    }
  });

  it('F4 asks of each issuer what its own options say', async () => {
    const jwks = { keys: [edKey.publicJwk] };
    const client = new ApiClient({
      audience,
      algorithms,
      issuers: [
        { issuer: a, jwks, audience: 'a', maxTokenAgeSeconds: 60, requiredClaims: ['org'] },
        { issuer: b, jwks, tokenTypes: ['jwt'], claims: { plan: 'gold' } },
      ],
    });
    const old = Math.floor(Date.now() / 1000) - 120;
    const token = (iss: string, claims: object, typ = 'JWT'): string =>
      signRaw(edKey, headerText(edKey, { typ }), claimsText({ iss, ...claims }));
    expect(await reasonOf(client, token(a, { aud: 'a', org: 1 }))).toBe('accepted');
    expect(await reasonOf(client, token(a, { org: 1 }))).toBe('audience_mismatch');
    expect(await reasonOf(client, token(a, { aud: 'a' }))).toBe('claim_missing');
    expect(await reasonOf(client, token(a, { aud: 'a', org: 1, iat: old }))).toBe('token_too_old');
    expect(await reasonOf(client, token(b, { plan: 'gold', iat: old }))).toBe('accepted');
    expect(await reasonOf(client, token(b, { plan: 'gold', aud: 'a' }))).toBe('audience_mismatch');
    expect(await reasonOf(client, token(b, { plan: 'free' }))).toBe('claim_mismatch');
    expect(await reasonOf(client, token(b, { plan: 'gold' }, 'at+jwt'))).toBe('type_not_accepted');
    expect(await reasonOf(client, token(a, { aud: 'a', org: 1 }, 'at+jwt'))).toBe('accepted');
  });
});

describe('F8, one issuer is down', () => {
  it.each([
    ['hangs', async (): Promise<never> => new Promise(() => {})],
    [
      'refuses connections',
      (): never => {
        throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
      },
    ],
  ])('F8 and another does not notice: it %s', async (_what, fail) => {
    stopTime();
    const events: Auth0ApiEvent[] = [];
    const { customFetch, requests } = serveIssuers((issuer) => (issuer === a ? fail() : [edKey.publicJwk]));
    const client = new ApiClient({
      audience,
      algorithms,
      customFetch,
      domains: [a, b],
      onEvent: (event) => events.push(event),
    });
    const verdicts: string[] = [];
    const waiting = Promise.all(
      Array.from({ length: 50 }, async () => verdicts.push(await reasonOf(client, tokenBy(a)))),
    );
    expect(await reasonOf(client, tokenBy(b))).toBe('accepted');
    for (let second = 0; second < 300; second++) {
      await vi.advanceTimersByTimeAsync(1000);
      // No promise: the request waits for nothing at all.
      expect(authenticate(client, { authorization: [`Bearer ${tokenBy(b)}`] })).toMatchObject({
        claims: { iss: b },
      });
    }
    await waiting;
    expect(verdicts).toEqual(Array.from({ length: 50 }, () => 'issuer_unreachable'));
    expect(requests.filter((url) => url.startsWith(b))).toEqual([
      `${b}.well-known/openid-configuration`,
      `${b}keys`,
    ]);
    expect(events.filter((event) => 'issuer' in event && event.issuer === b)).toEqual([]);
    expect(events.filter(({ type }) => type === 'outage')).toHaveLength(1);
    const states = client
      .health()
      .issuers.map(({ issuer, state, isUsable }) => ({ issuer, state, isUsable }));
    expect(states).toEqual([
      { issuer: a, state: 'empty', isUsable: false },
      { issuer: b, state: 'fresh', isUsable: true },
    ]);
    client.close();
  });
});

describe('F9, metadata of somebody else', () => {
  it.each([
    ['without the slash', 'https://a.test'],
    ['with a path', 'https://a.test/x'],
    ['in another case', 'https://A.test/'],
    ['of another issuer', b],
    ['in a list', [a]],
    ['missing', undefined],
    ['null', null],
  ])('F9 is not used: the issuer is named %s', async (_what, named) => {
    const events: Auth0ApiEvent[] = [];
    const { customFetch, requests } = serveIssuers(
      () => [edKey.publicJwk],
      () => named,
    );
    const onEvent = (event: Auth0ApiEvent): unknown => events.push(event);
    for (const way of [{ domain: a }, { issuers: [{ issuer: a }] }, { domains: () => [a] }]) {
      const client = new ApiClient({ audience, algorithms, customFetch, onEvent, ...way });
      expect(await reasonOf(client, tokenBy(a))).toBe('issuer_metadata_invalid');
      client.close();
    }
    expect(new Set(requests)).toEqual(new Set([`${a}.well-known/openid-configuration`]));
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({ type: 'outage', reason: 'issuer_metadata_invalid', issuer: a });
  });
});
