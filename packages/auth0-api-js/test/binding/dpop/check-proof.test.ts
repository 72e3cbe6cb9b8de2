import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkProof, type ProofDemands, type ProofPolicy } from '../../../src/binding/dpop/check-proof.js';
import { ProofKeys } from '../../../src/binding/dpop/proof-keys.js';
import { createTestKey } from '../../../src/testing/create-test-key.js';
import { algorithms } from '../../../src/verify/algorithms.js';
import { signRaw } from '../../support/bench.js';
import {
  jwkOf,
  proofFor,
  proofHeader,
  proofKey,
  proofPayload,
  thumbprintOf,
  url,
} from '../../support/proof-bench.js';
import {
  rfc9449AccessToken,
  rfc9449ResourceProof,
  rfc9449Thumbprint,
  rfc9449TokenProof,
} from '../../support/rfc9449.js';

const thumbprint = thumbprintOf(jwkOf(proofKey));
const demands: ProofDemands = { method: 'GET', url, accessToken: 'token', thumbprint };
const createPolicy = (members: Partial<ProofPolicy> = {}): ProofPolicy => ({
  algorithms: new Set(['ES256']),
  iatOffset: 300,
  iatLeeway: 30,
  nonces: undefined,
  keys: new ProofKeys(),
  now: undefined,
  ...members,
});
const refusal = (reason: string): unknown => expect.objectContaining({ reason });
const headerTextOf = (proof: string): string => proof.slice(0, proof.indexOf('.'));

describe('checkProof', () => {
  it.each([
    ['5', rfc9449TokenProof, 1_562_262_616, 'POST', 'https://server.example.com/token', undefined],
    [
      '7.1',
      rfc9449ResourceProof,
      1_562_262_618,
      'GET',
      'https://resource.example.org/protectedresource',
      rfc9449AccessToken,
    ],
  ])(
    'accepts the proof of RFC 9449 section %s, at its time',
    (_section, proof, seconds, method, at, accessToken) => {
      const asked = { method, url: at, accessToken, thumbprint: rfc9449Thumbprint };
      const now = (): number => seconds * 1000;
      expect(checkProof([proof], createPolicy({ now }), asked)).toMatchObject({ client: rfc9449Thumbprint });
      expect(() => checkProof([proof], createPolicy(), asked)).toThrow(refusal('proof_time_not_accepted'));
    },
  );

  it('tells the store what no other proof has, by key, URL and jti', () => {
    const proof = proofFor('token', { jti: 'a b' });
    const id = createHash('sha256').update(`${thumbprint} ${url} a b`).digest('base64url');
    expect(checkProof([proof], createPolicy(), demands)).toEqual({
      id,
      client: thumbprint,
      lifetimeSeconds: 335,
      usableSince: expect.any(Number) as unknown,
    });
    // The URL of the request, in normal form, whatever the proof makes of it.
    const spelt = proofFor('token', { jti: 'a b', htu: 'HTTPS://api.test:443/%6frders' });
    expect(checkProof([spelt], createPolicy(), demands)).toMatchObject({ id });
  });

  it('takes any key where no token names one', () => {
    const key = createTestKey('ES256');
    const proof = signRaw(key, proofHeader({}, key), proofPayload('token'));
    const client = thumbprintOf(jwkOf(key));
    expect(checkProof([proof], createPolicy(), { ...demands, thumbprint: undefined })).toMatchObject({
      client,
    });
    expect(() => checkProof([proof], createPolicy(), demands)).toThrow(
      expect.objectContaining({ name: 'VerifyAccessTokenError', reason: 'dpop_binding_mismatch' }),
    );
  });

  it('remembers the key of a good proof, and verifies with it', () => {
    const policy = createPolicy();
    const proofs = [proofFor('token'), proofFor('token')];
    checkProof([proofs[0] ?? ''], policy, demands);
    const known = policy.keys.get(headerTextOf(proofs[0] ?? ''));
    expect(known).toMatchObject({ alg: 'ES256', thumbprint });
    checkProof([proofs[1] ?? ''], policy, demands);
    expect(policy.keys.get(headerTextOf(proofs[1] ?? ''))).toBe(known);
    const forged = signRaw(createTestKey('ES256'), proofHeader(), proofPayload('token'));
    expect(() => checkProof([forged], policy, demands)).toThrow(refusal('proof_signature_invalid'));
    const asked = { ...demands, thumbprint: 'another' };
    expect(() => checkProof([proofFor('token')], policy, asked)).toThrow(refusal('dpop_binding_mismatch'));
  });

  it('remembers no key of a proof that is refused', () => {
    const policy = createPolicy();
    const another = createTestKey('ES256');
    const refused: [string, string][] = [
      ['proof_signature_invalid', signRaw(another, proofHeader(), proofPayload('token'))],
      ['dpop_binding_mismatch', signRaw(another, proofHeader({}, another), proofPayload('token'))],
      ['proof_token_mismatch', proofFor('other')],
      ['proof_time_not_accepted', proofFor('token', { iat: 1 })],
    ];
    for (const [reason, proof] of refused) {
      expect(() => checkProof([proof], policy, demands)).toThrow(refusal(reason));
      expect(policy.keys.get(headerTextOf(proof))).toBeUndefined();
    }
  });

  it('looks at what costs least first', () => {
    const offCurve = { ...jwkOf(proofKey), y: Buffer.alloc(32, 7).toString('base64url') };
    const proof = (claims: object, header: object = {}): string =>
      proofFor('token', { ...claims }, { ...header });
    const reasons: [string, string][] = [
      ['proof_malformed', `${proof({ htm: 'x' }, { typ: 'x' })}=`],
      ['proof_type_not_accepted', proof({ htm: 'x' }, { typ: 'x' })],
      ['proof_method_mismatch', proof({ htm: 'x' }, { jwk: offCurve })],
      ['dpop_binding_mismatch', proof({}, { jwk: offCurve })],
    ];
    for (const [reason, text] of reasons)
      expect(() => checkProof([text], createPolicy(), demands)).toThrow(refusal(reason));
  });

  it('refuses a key whose numbers are none', () => {
    const jwk = { ...jwkOf(proofKey), y: Buffer.alloc(32, 7).toString('base64url') };
    const asked = { ...demands, thumbprint: thumbprintOf(jwk) };
    const proof = proofFor('token', {}, { jwk });
    expect(() => checkProof([proof], createPolicy(), asked)).toThrow(refusal('proof_key_invalid'));
  });

  it.each([...algorithms.keys()])('verifies with %s, and with the bits of that signature', (alg) => {
    const key = createTestKey(alg);
    const policy = createPolicy({ algorithms: new Set([alg]) });
    const asked = { ...demands, thumbprint: thumbprintOf(jwkOf(key)) };
    const proof = signRaw(key, proofHeader({}, key), proofPayload('token'));
    const signature = Buffer.from(proof.slice(proof.lastIndexOf('.') + 1), 'base64url');
    signature[7] = (signature[7] ?? 0) ^ 1;
    const wrong = `${proof.slice(0, proof.lastIndexOf('.'))}.${signature.toString('base64url')}`;
    expect(() => checkProof([wrong], policy, asked)).toThrow(refusal('proof_signature_invalid'));
    expect(checkProof([proof], policy, asked)).toMatchObject({ client: asked.thumbprint });
    expect(() => checkProof([wrong], policy, asked)).toThrow(refusal('proof_signature_invalid'));
  });
});
