import { describe, expect, it } from 'vitest';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { claimsText, createBench, headerText, rsaKey, segment, signRaw } from '../support/bench.js';

const ecKey = createTestKey('ES256');
const edKey = createTestKey('Ed25519');
const algorithms = ['RS256', 'ES256', 'Ed25519'];
const token = signRaw(rsaKey, headerText(rsaKey), claimsText());

/** Tells what the operator reads about a key that stands before a good one in the key set; nothing if it is used. */
async function complaintAbout(jwk: unknown): Promise<string | undefined> {
  const { client, events } = createBench([jwk, rsaKey.publicJwk], { algorithms });
  await client.verifyAccessToken({ accessToken: token });
  expect(events.length).toBeLessThan(2);
  const [event] = events;
  if (event === undefined) return undefined;
  expect(event).toMatchObject({ type: 'key_skipped', issuer: 'https://issuer.test/', index: 0 });
  return 'message' in event ? event.message : undefined;
}

const other = { ...createTestKey('RS256').publicJwk, kid: 'other' };
const withZero = (coordinate: unknown): string =>
  segment(Buffer.concat([Buffer.alloc(1), Buffer.from(String(coordinate), 'base64url')]));
/** A number of this many bytes, the first and last odd. */
const modulus = (bytes: number): string => segment(Buffer.alloc(bytes, 0xa5));
const { use: _use, alg: _alg, ...plain } = other;
const { alg: _ecAlg, ...plainEc } = ecKey.publicJwk;

/** An EC key whose x begins with a zero byte, without that byte. */
function shortenedEcKey(): object {
  for (;;) {
    const jwk = createTestKey('ES256').publicJwk;
    const x = Buffer.from(String(jwk['x']), 'base64url');
    if (x[0] === 0) return { ...jwk, x: segment(x.subarray(1)) };
  }
}

describe('D, the keys of a key set', () => {
  it.each<[string, unknown]>([
    ['a key without use, key_ops and alg', plain],
    ['use: sig', { ...plain, use: 'sig' }],
    ['key_ops with verify', { ...plain, key_ops: ['sign', 'verify'] }],
    ['members it does not know', { ...plain, x5c: ['a'], x5t: 'b', x5u: 'https://evil.example/', iat: 7 }],
    ['an exponent of 3', { ...plain, e: 'Aw' }],
    ['a modulus of 4,096 bits', { ...plain, n: modulus(512) }],
    ['an elliptic key', plainEc],
    ['an Edwards key', edKey.publicJwk],
    ['the same key again', rsaKey.publicJwk],
  ])('D5 D11 D12 takes %s', async (_what, jwk) => {
    expect(await complaintAbout(jwk)).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'it is not an object'],
    ['a string', 'key', 'it is not an object'],
    ['a list', [other], 'it is not an object'],
    ['an object that says nothing', {}, 'its type or curve is not supported'],
    ['a symmetric key', { kty: 'oct', k: 'AAAA', kid: 'k' }, 'it is symmetric'],
    ['use: enc', { ...other, use: 'enc' }, 'its "use" is not "sig"'],
    ['a use that is null', { ...other, use: null }, 'its "use" is not "sig"'],
    ['key_ops: sign', { ...other, key_ops: ['sign'] }, 'its "key_ops" do not hold "verify"'],
    ['key_ops: []', { ...other, key_ops: [] }, 'its "key_ops" do not hold "verify"'],
    ['key_ops as a string', { ...other, key_ops: 'verify' }, 'its "key_ops" do not hold "verify"'],
    ['a kid that is a number', { ...other, kid: 7 }, 'its "kid" is not a string'],
    ['alg: ES256 on an RSA key', { ...other, alg: 'ES256' }, 'its "alg" is not supported'],
    ['alg: HS256 on an RSA key', { ...other, alg: 'HS256' }, 'its "alg" is not supported'],
    ['alg: none on an RSA key', { ...other, alg: 'none' }, 'its "alg" is not supported'],
    ['alg: null', { ...other, alg: null }, 'its "alg" is not supported'],
    ['alg: a list', { ...other, alg: ['RS256'] }, 'its "alg" is not supported'],
    ['an unknown type', { ...other, kty: 'rsa' }, 'its type or curve is not supported'],
    ['the curve of another type', { ...plainEc, kty: 'OKP' }, 'its type or curve is not supported'],
    ['a type of another curve', { ...plainEc, crv: 'Ed25519' }, 'its type or curve is not supported'],
    ['secp256k1', { ...plainEc, crv: 'secp256k1' }, 'its type or curve is not supported'],
    ['Ed448', { kty: 'OKP', crv: 'Ed448', x: modulus(57) }, 'its type or curve is not supported'],
    ['X25519', { kty: 'OKP', crv: 'X25519', x: modulus(32) }, 'its type or curve is not supported'],
    ['EC with the curve of an Edwards key', { ...edKey.publicJwk, kty: 'EC' }, 'its type or curve is not'],
    ['no modulus', { ...other, n: undefined }, 'its "n" is missing or malformed'],
    ['an empty modulus', { ...other, n: '' }, 'its "n" is missing or malformed'],
    ['a modulus that is a number', { ...other, n: 7 }, 'its "n" is missing or malformed'],
    ['a modulus in base64', { ...other, n: `+${modulus(256).slice(1)}` }, 'its "n" is missing or malformed'],
    ['no exponent', { ...other, e: undefined }, 'its "e" is missing or malformed'],
    ['a padded exponent', { ...other, e: 'Aw==' }, 'its "e" is missing or malformed'],
    ['an exponent of 1', { ...other, e: 'AQ' }, 'its exponent is not an odd number from 3 to 2^32'],
    ['an even exponent', { ...other, e: 'AQAA' }, 'its exponent is not an odd number from 3 to 2^32'],
    ['a large exponent', { ...other, e: 'AQAAAAE' }, 'its exponent is not an odd number from 3 to 2^32'],
    ['an exponent of full size', { ...other, e: modulus(255) }, 'its '],
    ['a modulus of 1,024 bits', { ...other, n: modulus(128) }, 'its modulus has 1024 bits'],
    [
      'a modulus of 2,047 bits',
      { ...other, n: segment(Buffer.alloc(256, 0x55)) },
      'its modulus has 2047 bits',
    ],
    ['a modulus of 4,104 bits', { ...other, n: modulus(513) }, 'its modulus has 4104 bits'],
    ['a modulus of 16,384 bits', { ...other, n: modulus(2048) }, 'its modulus has 16384 bits'],
    ['a longer coordinate', { ...plainEc, x: withZero(plainEc['x']) }, 'its "x" is missing or malformed'],
    ['a longer second one', { ...plainEc, y: withZero(plainEc['y']) }, 'its "y" is missing or malformed'],
    ['a coordinate without its zero byte', shortenedEcKey(), 'its "x" is missing or malformed'],
    ['no second coordinate', { ...plainEc, y: undefined }, 'its "y" is missing or malformed'],
    ['a point off the curve', { ...plainEc, y: plainEc['x'] }, 'its numbers are not a key'],
    [
      'a point at zero',
      { ...plainEc, x: segment(Buffer.alloc(32)), y: segment(Buffer.alloc(32)) },
      'its numbers',
    ],
    ['an Edwards key of 33 bytes', { ...edKey.publicJwk, x: modulus(33) }, 'its "x" is missing or malformed'],
    ['an Edwards key of 31 bytes', { ...edKey.publicJwk, x: modulus(31) }, 'its "x" is missing or malformed'],
  ])('D5 D11 D12 leaves out %s, says why, and uses the others', async (_what, jwk, message) => {
    expect(await complaintAbout(jwk)).toContain(message);
  });

  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'])(
    'D5 takes a key with %s for private',
    async (name) => {
      for (const value of ['AQAB', '', null]) {
        expect(await complaintAbout({ ...other, [name]: value })).toContain('PRIVATE key');
      }
    },
  );

  it('D14 uses a key without kid for a token without kid, and for none that has one', async () => {
    const { kid: _kid, ...nameless } = rsaKey.publicJwk;
    const verify = (kid: string | undefined): Promise<unknown> =>
      createBench([nameless]).client.verifyAccessToken({
        accessToken: signRaw(rsaKey, headerText(rsaKey, { kid }), claimsText()),
      });
    await expect(verify(undefined)).resolves.toMatchObject({ sub: 'auth0|abc' });
    await expect(verify(rsaKey.kid)).rejects.toMatchObject({ reason: 'unknown_key' });
    await expect(verify('undefined')).rejects.toMatchObject({ reason: 'unknown_key' });
  });
});
