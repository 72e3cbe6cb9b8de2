import fc from 'fast-check';
import * as oauth from 'oauth4webapi';
import { describe, expect, it } from 'vitest';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { proofClaims } from '../../src/testing/mint-proof.js';
import { segment } from '../support/bench.js';
import { createProofBench, jwkOf, proofIssuer, proofKey, thumbprintOf } from '../support/proof-bench.js';

// Whether a proof was used before is nothing that the oracle knows.
const bench = createProofBench({ dpop: { replay: 'off' } });
const anotherKey = createTestKey('ES256');
const jwk = jwkOf(proofKey);
const accessToken = proofIssuer.accessToken(
  { cnf: { jkt: thumbprintOf(jwk) }, client_id: 'app' },
  { typ: 'at+jwt' },
);

/** What we are stricter about than oauth4webapi, on purpose. */
const strictness: ReadonlySet<string> = new Set([
  'proof_key_invalid', // use and key_ops
  'proof_malformed', // spelling of base64url, duplicate members, b64
  'proof_time_not_accepted', // more than 30 s ahead
  'proof_type_not_accepted', // application/dpop+jwt
  'proof_url_mismatch', // user-info, backslashes, white space and what else WHATWG's parser repairs
]);

const odd = fc.constantFrom<unknown>(undefined, null, true, '', 'x', 0, -1, 7, [], {}, [1, 'GET'], 2 ** 53);
const or = (...good: unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: odd });
/** Nothing to change in most cases, else one of these members, or several. */
const seldom = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    ...Object.entries(members).map(([name, value]) => fc.record({ [name]: value })),
    fc.record(members, { requiredKeys: [] }),
  );

const urls = [
  'https://api.test/orders',
  'https://api.test/orders?a=b',
  'https://api.test:8443/a/',
  'http://localhost:3000/',
  'https://api.test//x/y.z',
  'https://[::1]/a;b=c',
] as const;

type Change = (text: string) => string;
/** Other ways to write a URL, and other URLs that look alike. Escapes are for the RFC 3986 oracle: WHATWG keeps them. */
const changes: readonly Change[] = [
  (url) => url.toUpperCase(),
  (url) => url.replace(/^http/, 'HTTP'),
  (url) => url.replace('api.test/', 'api.test:443/'),
  (url) => url.replace('api.test/', 'api.test:0443/'),
  (url) => url.replace('api.test/', 'api.test:/'),
  (url) => url.replace('localhost:3000', 'localhost:03000'),
  (url) => url.replace('api.test', 'api.test.'),
  (url) => url.replace('api.test', 'user@api.test'),
  (url) => url.replace('api.test', 'api.test@evil.test'),
  (url) => url.replace('https', 'http'),
  (url) => url.replace('://', ':/'),
  (url) => url.replace('://', ':///'),
  (url) => url.replaceAll('/', '\\'),
  (url) => `${url}?c`,
  (url) => `${url}#d`,
  (url) => `${url}/`,
  (url) => `${url}/.`,
  (url) => `${url}/x/..`,
  (url) => `${url}%2F`,
  (url) => `${url}%`,
  (url) => ` ${url}`,
  (url) => `${url}\n`,
  (url) => url.replace('test', 'te\tst'),
  (url) => url.replace(/\/([^/]*)$/, '/./$1'),
  (url) => url.replace(/\/([^/]*)$/, '/z/../$1'),
  (url) => url.replace(/\/([^/]*)$/, '/../$1'),
  (url) => url.replace(/\/([^/]*)$/, '//$1'),
  (url) => new URL(url).pathname,
  (url) => url.replace('[::1]', '[0:0:0:0:0:0:0:1]'),
  (url) => url.replace('test', 't\u00E9st'),
  (url) => `${url}|^[]`,
];
const change = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Change>((url) => url) },
  { weight: 1, arbitrary: fc.constantFrom(...changes) },
);

const now = Math.floor(Date.now() / 1000);
const header = fc
  .tuple(
    fc.record({
      typ: or('dpop+jwt'),
      alg: or('ES256'),
      jwk: or(jwk, { ...jwk, kid: 'k', use: 'sig', ext: true }),
    }),
    seldom({
      typ: fc.constantFrom('JWT', 'application/dpop+jwt', 'DPoP+jwt'),
      alg: fc.constantFrom('none', 'HS256', 'RS256', 'ES384'),
      jwk: fc.constantFrom<unknown>(
        jwkOf(anotherKey),
        { ...jwk, d: jwk['x'] },
        { ...jwk, use: 'enc' },
        { ...jwk, key_ops: ['sign'] },
        { ...jwk, alg: 'ES384' },
        { ...jwk, y: jwk['x'] },
        { kty: 'oct', k: 'AA' },
      ),
      crit: fc.constantFrom<unknown>(['b64'], [], null),
      b64: fc.boolean(),
      x5c: odd,
    }),
  )
  .map(([usual, odds]) => ({ ...usual, ...odds }));

const claims = fc
  .tuple(
    fc.record({
      iat: or(now, now - 100, now - 250, now + 10, now - 0.5),
      deep: fc.jsonValue({ maxDepth: 3 }),
    }),
    seldom({
      jti: or('a', 'é'.repeat(100)),
      htm: or('POST', 'get'),
      iat: fc.constantFrom<unknown>(now - 400, now + 100, now + 400, `${now}`),
      ath: or('x'),
      exp: or(now + 60, now - 60),
      nbf: or(now - 60, now + 60),
      nonce: or('n'),
    }),
  )
  .map(([usual, odds]) => ({ ...usual, ...odds }));

/** What becomes of a proof after it was signed. */
const spelling = fc.oneof(
  { weight: 14, arbitrary: fc.constant<Change>((proof) => proof) },
  {
    weight: 1,
    arbitrary: fc.nat(500).map<Change>((at) => (proof) => `${proof.slice(0, at)} ${proof.slice(at)}`),
  },
  {
    weight: 1,
    arbitrary: fc.nat(500).map<Change>((at) => (proof) => `${proof.slice(0, at)}A${proof.slice(at + 1)}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Change>(
      (proof) => `${proof}=`,
      (proof) => `${proof}.`,
      (proof) => `${proof},`,
      (proof) => proof.slice(0, -1),
      (proof) => proof.slice(0, proof.lastIndexOf('.') + 1),
    ),
  },
);
const writing = fc.oneof(
  { weight: 8, arbitrary: fc.constant((value: object) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.constant((value: object) => JSON.stringify(value, null, 1)) },
  { weight: 1, arbitrary: fc.constant((value: object) => `{"htm":"GET",${JSON.stringify(value).slice(1)}`) },
);
const signer = fc.oneof(
  { weight: 14, arbitrary: fc.constant(proofKey) },
  { weight: 1, arbitrary: fc.constant(anotherKey) },
);

const authorizationServer = {
  issuer: proofIssuer.issuer,
  jwks_uri: `${proofIssuer.issuer}.well-known/jwks.json`,
};

/** What oauth4webapi says of a request. */
async function askOracle(url: string, method: string, proof: string): Promise<string> {
  try {
    const headers = { authorization: `DPoP ${accessToken}`, dpop: proof };
    const request = new Request(url, { method, headers });
    await oauth.validateJwtAccessToken(authorizationServer, request, proofIssuer.audience, {
      [oauth.customFetch]: (input: string) => proofIssuer.fetch(input),
      signingAlgorithms: ['RS256', 'ES256'],
    } as oauth.ValidateJWTAccessTokenOptions);
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the differential against oauth4webapi', () => {
  it('accepts no proof that oauth4webapi refuses, and refuses more only where it means to', async () => {
    const counts = { accepted: 0, refused: 0, stricter: new Set<string>() };
    const request = fc.record({
      url: fc.constantFrom(...urls),
      method: fc.constantFrom('GET', 'GET', 'POST'),
    });
    await fc.assert(
      fc.asyncProperty(
        request,
        header,
        claims,
        fc.tuple(change, writing, signer, spelling),
        async ({ url, method }, head, odds, [respell, write, key, spell]) => {
          const body = proofClaims({ url, method, accessToken }, { htu: respell(url), ...odds });
          const input = `${segment(write(head))}.${segment(write(body))}`;
          const proof = spell(`${input}.${segment(key.sign(input))}`);
          const ours = await bench.judge(accessToken, proof, { httpMethod: method, httpUrl: url });
          const theirs = await askOracle(url, method, proof);
          if (ours === 'accepted') {
            counts.accepted += 1;
            expect(theirs).toBe('accepted');
          } else {
            counts.refused += 1;
            if (theirs === 'accepted') counts.stricter.add(ours);
            if (theirs === 'accepted') expect(strictness).toContain(ours);
          }
        },
      ),
      { numRuns: 5000, seed: 20_261_125 },
    );
    expect(counts.accepted).toBeGreaterThan(400);
    expect(counts.refused).toBeGreaterThan(400);
    expect([...counts.stricter].sort()).toEqual([...strictness].sort());
  });
});
