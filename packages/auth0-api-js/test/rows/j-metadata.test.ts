import { describe, expect, it } from 'vitest';
import { answerJson, answerStatus, answerText, redirectTo } from '../support/fault-issuer/answer-faults.js';
import { claimsText, headerText, signRaw } from '../support/bench.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import {
  createFaultIssuer,
  metadataPath,
  type Fault,
  type FaultIssuer,
} from '../support/fault-issuer/create-fault-issuer.js';

const key = createTestKey('Ed25519');
const openid = '/.well-known/openid-configuration';
const oauth = '/.well-known/oauth-authorization-server';

/** Where an issuer is looked for that has its metadata in the second place, and where its keys are then. */
async function listRequests(issuer: string): Promise<string[]> {
  const requests: string[] = [];
  const keysUrl = `${new URL(issuer).origin}/some/keys.json`;
  const bench = createFaultBench({
    issuers: [{ issuer }],
    customFetch: async (input) => {
      const url = input as string;
      requests.push(url);
      if (url === keysUrl) return Response.json({ keys: [key.publicJwk] });
      if (url.endsWith(openid)) return Response.json({}, { status: 404 });
      return Response.json({ issuer, jwks_uri: keysUrl });
    },
  });
  expect(await bench.verdict(signRaw(key, headerText(key), claimsText({ iss: issuer })))).toBe('OK');
  expect(requests.pop()).toBe(keysUrl);
  return requests;
}

describe('J6, where metadata are', () => {
  it.each([
    ['https://a.test', `https://a.test${openid}`, `https://a.test${oauth}`],
    ['https://a.test/', `https://a.test${openid}`, `https://a.test${oauth}`],
    ['https://a.test:8443/', `https://a.test:8443${openid}`, `https://a.test:8443${oauth}`],
    ['https://a.test/realms/one', `https://a.test/realms/one${openid}`, `https://a.test${oauth}/realms/one`],
    ['https://a.test/realms/one/', `https://a.test/realms/one${openid}`, `https://a.test${oauth}/realms/one`],
    ['https://a.test/%7Eone', `https://a.test/%7Eone${openid}`, `https://a.test${oauth}/%7Eone`],
    ['http://localhost:3000/x/', `http://localhost:3000/x${openid}`, `http://localhost:3000${oauth}/x`],
  ])('J6 of %s: OpenID Connect appends, then RFC 8414 inserts', async (issuer, first, second) => {
    expect(await listRequests(issuer)).toEqual([first, second]);
  });

  it('J6 the first place is enough where it has them', async () => {
    const upstream = await createFaultIssuer();
    const issuer = `${upstream.issuer}realms/one/`;
    const bench = createFaultBench({ issuers: [{ issuer }] });
    expect(await bench.verdict(upstream.token({ iss: issuer }))).toBe('OK');
    expect(upstream.requests).toEqual([`/realms/one${openid}`, '/realms/one/keys']);
  });

  it('J6 an issuer with a slash at its end and one without are two', async () => {
    const upstream = await createFaultIssuer();
    const bench = createFaultBench({ issuers: [{ issuer: `${upstream.issuer}one/` }] });
    expect(await bench.verdict(upstream.token({ iss: `${upstream.issuer}one` }))).toBe('TOK issuer_mismatch');
    expect(upstream.requests).toEqual([]);
  });
});

/** Metadata that are not to be used. */
const bad: readonly (readonly [string, (upstream: FaultIssuer, other: FaultIssuer) => Fault, string])[] = [
  [
    'another issuer',
    ({ origin }, other) => answerJson({ issuer: other.issuer, jwks_uri: `${origin}/keys` }),
    'metadata_invalid',
  ],
  [
    'the issuer without its slash',
    ({ origin }) => answerJson({ issuer: origin, jwks_uri: `${origin}/keys` }),
    'metadata_invalid',
  ],
  [
    'the issuer in capitals',
    ({ issuer }) => answerJson({ issuer: issuer.toUpperCase(), jwks_uri: `${issuer}keys` }),
    'metadata_invalid',
  ],
  ['no issuer', ({ issuer }) => answerJson({ jwks_uri: `${issuer}keys` }), 'metadata_invalid'],
  [
    'issuers in a list',
    ({ issuer }) => answerJson({ issuer: [issuer], jwks_uri: `${issuer}keys` }),
    'metadata_invalid',
  ],
  ['no jwks_uri', ({ issuer }) => answerJson({ issuer }), 'metadata_invalid'],
  ['a jwks_uri that is a number', ({ issuer }) => answerJson({ issuer, jwks_uri: 7 }), 'metadata_invalid'],
  [
    'a jwks_uri in a list',
    ({ issuer }) => answerJson({ issuer, jwks_uri: [`${issuer}keys`] }),
    'metadata_invalid',
  ],
  [
    'a jwks_uri that is a path',
    ({ issuer }) => answerJson({ issuer, jwks_uri: '/keys' }),
    'metadata_invalid',
  ],
  [
    'a jwks_uri with plain http',
    ({ issuer }) => answerJson({ issuer, jwks_uri: 'http://keys.example.com/' }),
    'metadata_invalid',
  ],
  [
    'a jwks_uri that is a file',
    ({ issuer }) => answerJson({ issuer, jwks_uri: 'file:///etc/passwd' }),
    'metadata_invalid',
  ],
  [
    'a jwks_uri with credentials',
    ({ issuer, origin }) =>
      answerJson({ issuer, jwks_uri: `${origin.replace('//', '//user:secret@')}/keys` }),
    'metadata_invalid',
  ],
  [
    'a jwks_uri at another origin',
    ({ issuer }, other) => answerJson({ issuer, jwks_uri: `${other.origin}/keys` }),
    'metadata_invalid',
  ],
  ['a list', () => answerJson([]), 'metadata_invalid'],
  ['null', () => answerJson(null), 'metadata_invalid'],
  ['a page', () => answerText('<!doctype html>', 'text/html'), 'unreachable'],
  ['a redirect to good ones', (_upstream, other) => redirectTo(`${other.origin}${openid}`), 'unreachable'],
  ['status 500', () => answerStatus(500), 'unreachable'],
];

describe('J7, metadata that are not to be used', () => {
  it.each(bad)('J7 %s: DOWN, and nobody is asked for keys', async (_what, make, reason) => {
    const upstream = await createFaultIssuer();
    const other = await createFaultIssuer();
    other.keys = upstream.keys;
    upstream.misbehave(make(upstream, other), { at: metadataPath });
    const bench = createFaultBench({ domain: upstream.origin });
    expect(await bench.verdict(upstream.token())).toBe(`DOWN issuer_${reason}`);
    expect(upstream.injected).toBe(1);
    expect(upstream.requests).toEqual([openid]);
    expect(other.connections).toBe(0);
    expect(bench.events).toMatchObject([{ type: 'outage', reason: `issuer_${reason}` }]);
  });

  it('J7 keys at another origin are fetched only where the option allows it', async () => {
    const upstream = await createFaultIssuer();
    const other = await createFaultIssuer();
    other.keys = upstream.keys;
    const { issuer } = upstream;
    upstream.misbehave(answerJson({ issuer, jwks_uri: `${other.origin}/keys` }), { at: metadataPath });
    const bench = createFaultBench({ domain: upstream.origin, keys: { allowOtherOrigin: true } });
    expect(await bench.verdict(upstream.token())).toBe('OK');
    expect([upstream.injected, upstream.requests, other.requests]).toEqual([1, [openid], ['/keys']]);
  });

  it.each(['http://keys.example.com/', 'ftp://keys.example.com/', 'file:///etc/passwd', 'data:,{}'])(
    'J7 keys at %s are not fetched, even where another origin is allowed',
    async (jwksUri) => {
      const upstream = await createFaultIssuer();
      upstream.misbehave(answerJson({ issuer: upstream.issuer, jwks_uri: jwksUri }), { at: metadataPath });
      const bench = createFaultBench({ domain: upstream.origin, keys: { allowOtherOrigin: true } });
      expect(await bench.verdict(upstream.token())).toBe('DOWN issuer_metadata_invalid');
      expect([upstream.injected, upstream.requests]).toEqual([1, [openid]]);
    },
  );

  it('J7 404 in the first place: the second one is asked, and used only if it is the issuer’s own', async () => {
    const upstream = await createFaultIssuer();
    const { issuer } = upstream;
    const { keys } = upstream;
    const answers: Record<string, unknown> = {
      [oauth]: { issuer, jwks_uri: `${issuer}keys` },
      '/keys': { keys: keys.map(({ publicJwk }) => publicJwk) },
    };
    upstream.misbehave(({ req, res }) => {
      const answer = answers[req.url ?? ''];
      res.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
    });
    const bench = createFaultBench({ domain: upstream.origin });
    expect(await bench.verdict(upstream.token())).toBe('OK');
    expect(upstream.requests).toEqual([openid, oauth, '/keys']);
    expect(upstream.injected).toBe(3);

    answers[oauth] = { issuer: 'https://other.example.com/', jwks_uri: `${issuer}keys` };
    const second = createFaultBench({ domain: upstream.origin });
    expect(await second.verdict(upstream.token())).toBe('DOWN issuer_metadata_invalid');
    expect(upstream.requests.slice(3)).toEqual([openid, oauth]);
  });

  it.each([400, 401, 403, 410, 500, 503])(
    'J7 status %i in the first place: the second one is not asked',
    async (status) => {
      const upstream = await createFaultIssuer();
      upstream.misbehave(answerStatus(status));
      const bench = createFaultBench({ domain: upstream.origin });
      expect(await bench.verdict(upstream.token())).toBe('DOWN issuer_unreachable');
      expect([upstream.injected, upstream.requests]).toEqual([1, [openid]]);
    },
  );
});
