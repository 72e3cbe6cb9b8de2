import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, EmbeddedJWK, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { checkProof, type ProofDemands, type ProofPolicy } from '../../src/binding/dpop/check-proof.js';
import { ProofKeys } from '../../src/binding/dpop/proof-keys.js';
import {
  rfc9449AccessToken,
  rfc9449ResourceProof,
  rfc9449Thumbprint,
  rfc9449TokenProof,
} from '../support/rfc9449.js';

const policyAt = (seconds: number): ProofPolicy => ({
  algorithms: new Set(['ES256']),
  iatOffset: 300,
  iatLeeway: 30,
  nonces: undefined,
  keys: new ProofKeys(),
  now: () => seconds * 1000,
});

const atToken: ProofDemands = {
  method: 'POST',
  url: 'https://server.example.com/token',
  accessToken: undefined,
  thumbprint: undefined,
};
const atResource: ProofDemands = {
  method: 'GET',
  url: 'https://resource.example.org/protectedresource',
  accessToken: rfc9449AccessToken,
  thumbprint: rfc9449Thumbprint,
};

const examples: [string, string, number, ProofDemands][] = [
  ['section 4.1', rfc9449TokenProof, 1_562_262_616, atToken],
  ['section 7.1', rfc9449ResourceProof, 1_562_262_618, atResource],
];

/** Why a proof is refused, or the thumbprint of its key. */
function judge(proof: string, seconds: number, demands: ProofDemands): string {
  try {
    return checkProof([proof], policyAt(seconds), demands).client;
  } catch (error) {
    return String((error as { reason?: string }).reason);
  }
}

describe('the proofs of RFC 9449', () => {
  it.each(examples)('G34 of %s is good at its time, by this key', (_section, proof, iat, demands) => {
    expect(judge(proof, iat, demands)).toBe(rfc9449Thumbprint);
    expect(judge(proof, iat + 300, demands)).toBe(rfc9449Thumbprint);
    expect(judge(proof, iat - 30, demands)).toBe(rfc9449Thumbprint);
  });

  it.each(examples)('G34 of %s is not good at another time', (_section, proof, iat, demands) => {
    expect(judge(proof, iat + 301, demands)).toBe('proof_time_not_accepted');
    expect(judge(proof, iat - 31, demands)).toBe('proof_time_not_accepted');
    expect(judge(proof, Date.now() / 1000, demands)).toBe('proof_time_not_accepted');
  });

  it.each(examples)('G34 of %s is for its request alone', (_section, proof, iat, demands) => {
    expect(judge(proof, iat, { ...demands, method: 'PUT' })).toBe('proof_method_mismatch');
    expect(judge(proof, iat, { ...demands, url: `${demands.url}/` })).toBe('proof_url_mismatch');
    expect(judge(proof, iat, { ...demands, thumbprint: 'another' })).toBe('dpop_binding_mismatch');
  });

  it.each(examples)('G34 of %s is not good with another last byte', (_section, proof, iat, demands) => {
    const [head, body, signature = ''] = proof.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    bytes[63] = (bytes[63] ?? 0) ^ 1;
    expect(judge(`${head}.${body}.${bytes.toString('base64url')}`, iat, demands)).toBe(
      'proof_signature_invalid',
    );
    expect(judge(proof.replace('eyJqdGki', 'eyJKdGki'), iat, demands)).not.toBe(rfc9449Thumbprint);
  });

  it('G34 of section 7.1 is for its token alone', () => {
    const judged = (accessToken: string): string =>
      judge(rfc9449ResourceProof, 1_562_262_618, { ...atResource, accessToken });
    expect(judged(`${rfc9449AccessToken}.`)).toBe('proof_token_mismatch');
    expect(judge(rfc9449TokenProof, 1_562_262_616, { ...atToken, accessToken: rfc9449AccessToken })).toBe(
      'proof_claim_invalid',
    );
    expect(createHash('sha256').update(rfc9449AccessToken).digest('base64url')).toBe(
      'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo',
    );
  });

  it.each(examples)('G34 of %s is what jose says it is', async (_section, proof) => {
    await expect(compactVerify(proof, EmbeddedJWK)).resolves.toBeDefined();
    const { jwk } = decodeProtectedHeader(proof) as { jwk: JWK };
    expect(await calculateJwkThumbprint(jwk)).toBe(rfc9449Thumbprint);
  });
});
