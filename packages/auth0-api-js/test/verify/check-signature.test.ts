import { describe, expect, it } from 'vitest';
import { importKey, type VerificationKey } from '../../src/keys/import-key.js';
import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';
import { algorithms } from '../../src/verify/algorithms.js';
import { checkSignature } from '../../src/verify/check-signature.js';
import { splitJws, type Jws } from '../../src/verify/split-jws.js';
import { claimsText, headerText, signRaw } from '../support/bench.js';

const importTestKey = (key: TestKey): VerificationKey => importKey(key.publicJwk);
const jwsOf = (key: TestKey): Jws => splitJws(signRaw(key, headerText(key), claimsText()));

const signer = createTestKey('ES256');
const others = Array.from({ length: 4 }, () => importTestKey(createTestKey('ES256')));
const jws = jwsOf(signer);
const key = importTestKey(signer);

describe('checkSignature', () => {
  it.each([...algorithms])('D1 accepts %s, and no other algorithm of the same keys', (alg, { keyType }) => {
    const maker = createTestKey(alg);
    const signed = jwsOf(maker);
    const { alg: named, ...jwk } = maker.publicJwk;
    const imported = importKey(jwk);
    const fitting = [...algorithms.keys()].filter((name) => algorithms.get(name)?.keyType === keyType);
    const accepting = fitting.filter((name) => {
      try {
        return checkSignature(signed, name, [imported]) === imported;
      } catch (error) {
        expect(error).toMatchObject({ reason: 'signature_invalid' });
        return false;
      }
    });
    // Ed25519 has two names; a key that names one of them is for that one only.
    expect(accepting).toEqual(keyType === 'Ed25519' ? ['Ed25519', 'EdDSA'] : [alg]);
    const own = importKey({ ...jwk, alg: named });
    expect(checkSignature(signed, alg, [own])).toBe(own);
    for (const name of fitting.filter((other) => other !== alg))
      expect(() => checkSignature(signed, name, [own])).toThrow(
        expect.objectContaining({ reason: 'unknown_key' }),
      );
  });

  it.each(['HS256', 'none', '', 'toString', '__proto__'])('D2 D4 knows no way to verify %j', (alg) => {
    expect(() => checkSignature(jws, alg, [key])).toThrow(expect.objectContaining({ reason: 'unknown_key' }));
  });

  it('D6 refuses where there is no key', () => {
    expect(() => checkSignature(jws, 'ES256', [])).toThrow(
      expect.objectContaining({ reason: 'unknown_key' }),
    );
  });

  it('D15 says which of several keys has signed, and tries no more than four', () => {
    expect(checkSignature(jws, 'ES256', [key, ...others])).toBe(key);
    expect(checkSignature(jws, 'ES256', [...others.slice(0, 3), key])).toBe(key);
    expect(() => checkSignature(jws, 'ES256', [...others, key])).toThrow(
      expect.objectContaining({ reason: 'signature_invalid' }),
    );
  });

  it('refuses a signature of other bytes', () => {
    const signedText = `${jws.signedText}A`;
    expect(() => checkSignature({ ...jws, signedText }, 'ES256', [key])).toThrow(
      expect.objectContaining({ reason: 'signature_invalid' }),
    );
  });
});
