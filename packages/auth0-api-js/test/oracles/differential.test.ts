import { createLocalJWKSet, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiClient, type AuthError } from '@auth0/auth0-api-js';
import { algorithms } from '../../src/verify/algorithms.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { audience, createBench, issuer, segment } from '../support/bench.js';

/** Ed25519 signs fast, so that every mutant can be signed after it was made. */
const key = createTestKey('Ed25519');
const bench = createBench([key.publicJwk], { algorithms: ['Ed25519'] });
const keys = createLocalJWKSet({ keys: [key.publicJwk] } as unknown as JSONWebKeySet);

/** What we are stricter about than jose, on purpose. */
const strictness: ReadonlySet<string> = new Set([
  'token_too_large',
  'token_malformed', // spelling of base64url, duplicate members, depth, empty payload
  'header_malformed', // duplicate members
  'key_id_invalid',
  'critical_header', // b64
  'encryption_header', // cty, and members of encrypted tokens
  'type_not_accepted',
  'issued_at_missing',
  'issued_at_invalid',
  'issued_in_future',
  'expiry_missing',
  'expiry_invalid',
  'not_before_invalid',
  'audience_mismatch', // a list with something else than strings beside the audience
  'id_token',
  'dpop_bound_token',
  'certificate_bound_token',
  'confirmation_invalid',
  'unknown_key',
]);

const now = Math.floor(Date.now() / 1000);
const odd = fc.constantFrom<unknown>(
  null,
  true,
  '',
  'x',
  0,
  -1,
  7,
  [],
  {},
  [audience, 7],
  '9999999999',
  2 ** 53,
);
const or = (...good: unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: odd });

/** An object that seldom has one of these members. */
const seldom = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record(members, { requiredKeys: [] }) },
  );
const combined = (usual: fc.Arbitrary<object>, odds: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.tuple(usual, odds).map(([first, second]) => ({ ...first, ...second }));

const header = combined(
  fc.record({
    alg: fc.constant('Ed25519'),
    kid: or(key.kid),
    typ: or('JWT', 'at+jwt', 'application/at+jwt'),
  }),
  seldom({
    alg: fc.constantFrom<unknown>('EdDSA', 'none', 'HS256', 7),
    typ: fc.constantFrom('dpop+jwt', 'logout+jwt'),
    crit: fc.constantFrom<unknown>(['b64'], ['x'], [], null),
    b64: fc.constantFrom<unknown>(true, false),
    cty: fc.constantFrom('JWT', 'text'),
    x: odd,
  }),
);

const claims = combined(
  fc.record({
    iss: or(issuer),
    aud: or(audience, [audience], ['x', audience]),
    exp: or(now + 600, now + 600.5, now + 1e9),
    iat: or(now, now - 600),
    sub: or('auth0|abc'),
    deep: fc.jsonValue({ maxDepth: 4 }),
  }),
  seldom({
    iss: fc.constantFrom<unknown>(issuer.slice(0, -1), [issuer]),
    exp: fc.constant(now - 600),
    iat: fc.constant(now + 600),
    nbf: or(now, now + 600, now - 600),
    nonce: fc.constant('n'),
    cnf: fc.constantFrom<unknown>({ jkt: 'x' }, { other: 1 }, null),
  }),
);

type Spelling = (token: string) => string;
const spelling = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Spelling>((token) => token) },
  {
    weight: 1,
    arbitrary: fc.nat(400).map<Spelling>((at) => (token) => `${token.slice(0, at)} ${token.slice(at)}`),
  },
  {
    weight: 1,
    arbitrary: fc.nat(400).map<Spelling>((at) => (token) => `${token.slice(0, at)}A${token.slice(at + 1)}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Spelling>(
      (token) => `${token}=`,
      (token) => `${token}\n`,
      (token) => token.slice(0, -1),
      (token) => `${token}.`,
    ),
  },
);

/** JSON with white space, or with a member written twice. */
const writing = fc.oneof(
  { weight: 10, arbitrary: fc.constant((value: object) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.constant((value: object) => JSON.stringify(value, null, 1)) },
  {
    weight: 1,
    arbitrary: fc.constant((value: object) => `{"sub":"twice",${JSON.stringify(value).slice(1)}`),
  },
);

describe('the differential against jose', () => {
  it('accepts nothing that jose refuses, and refuses more only where it means to', async () => {
    const counts = { accepted: 0, refused: 0, stricter: new Set<string>() };
    await fc.assert(
      fc.asyncProperty(header, claims, writing, spelling, async (head, body, write, spell) => {
        const input = `${segment(write(head))}.${segment(write(body))}`;
        const accessToken = spell(`${input}.${segment(key.sign(input))}`);
        const ours = await bench.client.verifyAccessToken({ accessToken }).then(
          (verified) => ({ claims: verified as object }),
          (error: AuthError) => ({ reason: error.reason ?? '' }),
        );
        const theirs = await jwtVerify(accessToken, keys, {
          issuer,
          audience,
          algorithms: ['Ed25519'],
          clockTolerance: 5,
          requiredClaims: ['exp', 'iat'],
        }).then(
          ({ payload }) => ({ payload }),
          () => undefined,
        );

        if ('claims' in ours) {
          counts.accepted += 1;
          expect(theirs?.payload).toEqual(ours.claims);
        } else {
          counts.refused += 1;
          if (theirs !== undefined) counts.stricter.add(ours.reason);
          if (theirs !== undefined) expect(strictness).toContain(ours.reason);
        }
      }),
      { numRuns: 4000, seed: 20_261_123 },
    );
    expect(counts.accepted).toBeGreaterThan(400);
    expect(counts.refused).toBeGreaterThan(400);
    expect(counts.stricter.size).toBeGreaterThan(3);
  });

  const curves = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' } as const;
  it.each([...algorithms.keys()])('accepts what jose has signed with %s', async (alg) => {
    const pair =
      alg in curves
        ? generateKeyPairSync('ec', { namedCurve: curves[alg as keyof typeof curves] })
        : alg.startsWith('Ed')
          ? generateKeyPairSync('ed25519')
          : generateKeyPairSync('rsa', { modulusLength: 2048 });
    const privateKey = createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const accessToken = await new SignJWT({ scope: 'read:messages' })
      .setProtectedHeader({ alg, kid: 'k', typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('auth0|abc')
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(privateKey);
    const { client } = createBench([{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig' }], {
      algorithms: [alg],
    });
    expect(client).toBeInstanceOf(ApiClient);
    await expect(client.verifyAccessToken({ accessToken })).resolves.toMatchObject({
      scope: 'read:messages',
    });
  });
});
