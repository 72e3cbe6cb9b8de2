import { describe, expect, it } from 'vitest';
import { readProofHeader } from '../../../src/binding/dpop/read-proof-header.js';
import { createTestKey } from '../../../src/testing/create-test-key.js';
import { algorithms } from '../../../src/verify/algorithms.js';
import { segment } from '../../support/bench.js';
import { jwkOf, proofHeader, proofKey, thumbprintOf } from '../../support/proof-bench.js';

const accepted: ReadonlySet<string> = new Set(['ES256']);
const all: ReadonlySet<string> = new Set(algorithms.keys());
const text = (members: Readonly<Record<string, unknown>> = {}): string => segment(proofHeader(members));
const refusal = (reason: string): unknown =>
  expect.objectContaining({ name: 'InvalidDpopProofError', reason });

describe('readProofHeader', () => {
  it.each([...algorithms.keys()])('reads one for a key of %s', (alg) => {
    const key = createTestKey(alg);
    const jwk = jwkOf(key);
    expect(readProofHeader(segment(proofHeader({}, key)), all)).toEqual({
      alg,
      jwk: { keyType: algorithms.get(alg)?.keyType, members: jwk, algorithms: expect.any(Set) as unknown },
      thumbprint: thumbprintOf(jwk),
    });
  });

  it('ignores members that it does not know, of the header and of the key', () => {
    const jwk = { ...jwkOf(proofKey), kid: 'k', use: 'sig', ext: true, x5c: ['x'] };
    const header = readProofHeader(text({ jwk, kid: 7, jku: 'x', x5u: 'y', x5c: [] }), accepted);
    expect(header.thumbprint).toBe(thumbprintOf(jwkOf(proofKey)));
    expect(header.jwk.members).toEqual(jwkOf(proofKey));
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['no base64url', '?'],
    ['no JSON', segment('x')],
    ['a list', segment('[]')],
    ['a member twice', segment(`{"typ":"dpop+jwt",${proofHeader().slice(1)}`)],
    ...['crit', 'b64', 'enc', 'zip'].map((name) => [name, text({ [name]: null })] as [string, string]),
  ])('refuses %s as malformed', (_what, header) => {
    expect(() => readProofHeader(header, accepted)).toThrow(refusal('proof_malformed'));
  });

  it.each(['JWT', 'DPoP+jwt', 'application/dpop+jwt', '', null, undefined, 7, ['dpop+jwt']])(
    'refuses the type %j',
    (typ) => {
      expect(() => readProofHeader(text({ typ }), accepted)).toThrow(refusal('proof_type_not_accepted'));
    },
  );

  it.each(['ES384', 'es256', 'none', 'HS256', '', null, undefined, 7, ['ES256'], 'toString'])(
    'refuses the algorithm %j',
    (alg) => {
      expect(() => readProofHeader(text({ alg }), accepted)).toThrow(refusal('proof_algorithm_not_allowed'));
    },
  );

  it('looks for an algorithm among those it is given, not among those it knows', () => {
    expect(() => readProofHeader(text(), new Set(['RS256']))).toThrow(refusal('proof_algorithm_not_allowed'));
  });

  it.each<[string, unknown]>([
    ['missing', undefined],
    ['null', null],
    ['a text', 'key'],
    ['a list', [jwkOf(proofKey)]],
    ['private', { ...jwkOf(proofKey), d: 'x' }],
    ['symmetric', { kty: 'oct', k: 'x' }],
    ['half of one', { ...jwkOf(proofKey), y: undefined }],
    ['of another curve', jwkOf(createTestKey('ES384'))],
    ['of another type', jwkOf(createTestKey('Ed25519'))],
    ['for another algorithm', { ...jwkOf(proofKey), alg: 'ES384' }],
    ['for encryption', { ...jwkOf(proofKey), use: 'enc' }],
  ])('refuses a key that is %s', (_what, jwk) => {
    expect(() => readProofHeader(text({ jwk }), all)).toThrow(refusal('proof_key_invalid'));
  });
});
