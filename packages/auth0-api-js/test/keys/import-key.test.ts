import { describe, expect, it } from 'vitest';
import { importKey } from '../../src/keys/import-key.js';
import { readSecret } from '../../src/options/read-secret.js';
import { UnusableKeyError } from '../../src/keys/read-public-jwk.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { rsaKey } from '../support/bench.js';

const ecKey = createTestKey('ES256').publicJwk;
const edKey = createTestKey('Ed25519').publicJwk;
const { alg: _rsa, ...anyRsaKey } = rsaKey.publicJwk;
const { alg: _ec, ...anyEcKey } = ecKey;

/** An RSA key of a size, with a modulus nobody knows the factors of. */
function rsaJwk(bits: number): object {
  const modulus = Buffer.alloc(bits / 8, 0xa5);
  return { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB', kid: 'k' };
}

describe('importKey, for a key that is known', () => {
  const jwk = rsaKey.publicJwk as Record<string, unknown>;
  const other = createTestKey('RS256').publicJwk as Record<string, unknown>;
  const known = importKey(jwk);

  it('answers with the one that says the same, whatever else its JWK has', () => {
    expect(importKey({ ...jwk }, [importKey(other), known])).toBe(known);
    expect(importKey({ ...jwk, x5t: 'a', use: 'sig' }, [known])).toBe(known);
  });

  it.each([
    ['key id', { kid: 'another' }],
    ['modulus', { n: other['n'] }],
    ['exponent', { e: 'Aw' }],
    ['algorithm', { alg: 'RS512' }],
    ['algorithm, for it names none', { alg: undefined }],
  ])('imports one with another %s', (_what, change) => {
    const changed = JSON.parse(JSON.stringify({ ...jwk, ...change })) as object;
    expect(importKey(changed, [known])).not.toBe(known);
    expect(importKey(jwk, [importKey(changed)])).not.toBe(importKey(changed));
  });

  it('never takes a secret for it', () => {
    const secret = readSecret('s'.repeat(32), 'issuers[0]');
    expect(importKey(jwk, [secret]).keyObject.type).toBe('public');
  });
});

describe('importKey', () => {
  it.each([
    ['RSA', anyRsaKey, ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']],
    ['P-256', anyEcKey, ['ES256']],
    ['RSA for PS384', { ...anyRsaKey, alg: 'PS384' }, ['PS384']],
    ['P-256 for ES256', ecKey, ['ES256']],
    ['Ed25519 for Ed25519', edKey, ['Ed25519']],
  ])('admits %s for the algorithms that fit', (_what, jwk, expected) => {
    expect([...importKey(jwk).algorithms]).toEqual(expected);
  });

  it.each([
    ['null', null],
    ['a string', 'key'],
    ['a list', []],
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }],
    ['a private key', { ...anyRsaKey, d: 'AQAB' }],
    ['a key for encryption', { ...anyRsaKey, use: 'enc' }],
    ['a key with a use that is no string', { ...anyRsaKey, use: ['sig'] }],
    ['a key that may only sign', { ...anyRsaKey, key_ops: ['sign'] }],
    ['key_ops that are no list', { ...anyRsaKey, key_ops: 'verify' }],
    ['a key id that is no string', { ...anyRsaKey, kid: 7 }],
    ['no key type', { n: anyRsaKey['n'], e: 'AQAB' }],
    ['an unknown curve', { ...ecKey, crv: 'secp256k1' }],
    ['an algorithm of another type', { ...anyRsaKey, alg: 'ES256' }],
    ['a symmetric algorithm', { ...anyRsaKey, alg: 'HS256' }],
    ['no modulus', { kty: 'RSA', e: 'AQAB' }],
    ['a modulus with padding', { ...anyRsaKey, n: `${String(anyRsaKey['n'])}==` }],
    ['an exponent of 1', { ...anyRsaKey, e: 'AQ' }],
    ['an even exponent', { ...anyRsaKey, e: 'AQAA' }],
    ['an exponent beyond 2^32', { ...anyRsaKey, e: 'AQAAAAE' }],
    ['a coordinate that is too short', { ...ecKey, x: 'AAAA' }],
    ['a point that is not on the curve', { ...ecKey, x: Buffer.alloc(32, 1).toString('base64url') }],
    ['no second coordinate', { ...ecKey, y: undefined }],
    ['an Ed25519 key of 31 bytes', { ...edKey, x: Buffer.alloc(31, 7).toString('base64url') }],
  ])('leaves out %s', (_what, jwk) => {
    expect(() => importKey(jwk)).toThrow(UnusableKeyError);
  });

  it.each([
    [1024, false],
    [2040, false],
    [2048, true],
    [4096, true],
    [4104, false],
  ])('D11 has an opinion on a modulus of %i bits: %s', (bits, isGood) => {
    if (isGood) expect(importKey(rsaJwk(bits)).keyObject.type).toBe('public');
    else expect(() => importKey(rsaJwk(bits))).toThrow(`its modulus has ${bits} bits, not 2048 to 4096`);
  });

  it.each([
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ])('D12 leaves out the Ed25519 point of small order %s, with either sign', (hex) => {
    const point = Buffer.from(hex, 'hex');
    expect(() => importKey({ ...edKey, x: point.toString('base64url') })).toThrow('small order');
    point.writeUInt8(point.readUInt8(31) ^ 0x80, 31);
    expect(() => importKey({ ...edKey, x: point.toString('base64url') })).toThrow('small order');
  });

  it('D5 says aloud that a private key was published', () => {
    expect(() => importKey({ ...anyRsaKey, d: 'AQAB' })).toThrow('PRIVATE key');
  });
});
