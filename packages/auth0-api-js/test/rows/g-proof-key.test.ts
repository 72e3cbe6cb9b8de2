import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { algorithms } from '../../src/verify/algorithms.js';
import { rsaKey, segment, signRaw } from '../support/bench.js';
import {
  boundToken,
  createProofBench,
  jwkOf,
  proofFor,
  proofHeader,
  proofIssuer,
  proofKey,
  proofPayload,
  thumbprintOf,
} from '../support/proof-bench.js';

/** Takes every algorithm, so that it is the key that is refused. */
const bench = createProofBench({ dpop: { algorithms: [...algorithms.keys()] } });
const token = boundToken();
const jwk = jwkOf(proofKey);
await bench.judge(token, proofFor(token));

const judgeHeader = (header: Readonly<Record<string, unknown>>): Promise<string> =>
  bench.judge(token, proofFor(token, {}, header));

describe('G8, the key in a proof', () => {
  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'])('G8 is no private one: %s', async (name) => {
    for (const value of ['AQAB', '', null, 7, [], {}])
      expect(await judgeHeader({ jwk: { ...jwk, [name]: value } })).toBe('proof_key_invalid');
  });

  it.each<[string, unknown]>([
    ['a secret', { kty: 'oct', k: 'c2VjcmV0' }],
    ['a secret without its value', { kty: 'oct' }],
    ['a text', JSON.stringify(jwk)],
    ['a list', [jwk]],
    ['nothing', {}],
    ['a key of an unknown type', { ...jwk, kty: 'AKP' }],
    ['a key of a type in another case', { ...jwk, kty: 'ec' }],
    ['a curve that is not supported', { ...jwk, crv: 'secp256k1' }],
    ['a curve in another case', { ...jwk, crv: 'p-256' }],
    ['a key for encryption', { ...jwk, use: 'enc' }],
    ['a key for signing only', { ...jwk, key_ops: ['sign'] }],
    ['a key for another algorithm', { ...jwk, alg: 'ES384' }],
    ['half a point', { ...jwk, y: undefined }],
    ['a padded coordinate', { ...jwk, x: `${jwk['x']}=` }],
    ['a coordinate with a zero before it', { ...jwk, x: segment(Buffer.alloc(33)) }],
    ['a short coordinate', { ...jwk, x: segment(Buffer.alloc(31)) }],
    ['an empty coordinate', { ...jwk, x: '' }],
    ['a coordinate that is a number', { ...jwk, x: 7 }],
  ])('G8 is not %s', async (_what, wrong) => {
    expect(await judgeHeader({ jwk: wrong })).toBe('proof_key_invalid');
  });

  it('G8 may have the members that clients add to one', async () => {
    const usual = { ...jwk, alg: 'ES256', use: 'sig', key_ops: ['verify'], ext: true, kid: 'k', x5c: ['x'] };
    expect(await judgeHeader({ jwk: usual })).toBe('accepted');
  });

  it('G8 has one thumbprint, whatever the order and the number of its members', async () => {
    const turned = Object.fromEntries(Object.entries({ ...jwk, kid: 'k' }).toReversed());
    expect(await judgeHeader({ jwk: turned })).toBe('accepted');
  });

  it('G8 is never fetched: x5u, jku and x5c are not read', async () => {
    let connections = 0;
    const server = createServer().on('connection', (socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    bench.requests.length = 0;
    const others = { jku: address, x5u: address, x5c: ['MIIB'], x5t: 'x', kid: address };
    expect(await judgeHeader(others)).toBe('accepted');
    expect(await judgeHeader({ ...others, jwk: { ...jwk, ...others } })).toBe('accepted');
    expect(await judgeHeader({ ...others, jwk: undefined })).toBe('proof_key_invalid');
    expect(await judgeHeader({ jwk: address })).toBe('proof_key_invalid');
    await new Promise((resolve) => server.close(resolve));
    expect([connections, bench.requests]).toEqual([0, []]);
  });
});

/** What becomes of a proof with a key that its token is bound to, and, for the time it takes, a signature of this length. */
async function judgeKey(alg: string, members: Record<string, string>, signatureBytes = 64): Promise<string> {
  const accessToken = proofIssuer.boundToken({ thumbprint: thumbprintOf(members) });
  const head = segment(proofHeader({ alg, jwk: members }));
  const signature = segment(Buffer.alloc(signatureBytes, 1));
  return bench.judge(accessToken, `${head}.${segment(proofPayload(accessToken))}.${signature}`);
}

/** An odd number of so many bits. */
const numberOf = (bits: number): string => {
  const bytes = Buffer.alloc(bits / 8, 0xff);
  return segment(bytes);
};

describe('G9, keys that are not safe', () => {
  const { n = '' } = jwkOf(rsaKey);
  it.each<[string, string, Record<string, string>]>([
    ['a modulus of 1024 bits', 'RS256', { kty: 'RSA', n: numberOf(1024), e: 'AQAB' }],
    ['a modulus of 2040 bits', 'PS256', { kty: 'RSA', n: numberOf(2040), e: 'AQAB' }],
    ['a modulus of 4104 bits', 'RS256', { kty: 'RSA', n: numberOf(4104), e: 'AQAB' }],
    ['a modulus of 16384 bits', 'RS256', { kty: 'RSA', n: numberOf(16_384), e: 'AQAB' }],
    ['an exponent of 1', 'RS256', { kty: 'RSA', n, e: 'AQ' }],
    ['an exponent of 2', 'RS256', { kty: 'RSA', n, e: 'Ag' }],
    ['an even exponent', 'RS256', { kty: 'RSA', n, e: 'AQAA' }],
    ['an exponent beyond 2^32', 'RS256', { kty: 'RSA', n, e: 'AQAAAAE' }],
    ['an exponent of full size', 'RS256', { kty: 'RSA', n, e: numberOf(2048) }],
    ['a point off the curve', 'ES256', { kty: 'EC', crv: 'P-256', x: jwk['x'] ?? '', y: jwk['x'] ?? '' }],
    [
      'the point at zero',
      'ES256',
      { kty: 'EC', crv: 'P-256', x: segment(Buffer.alloc(32)), y: segment(Buffer.alloc(32)) },
    ],
    [
      'the identity of Ed25519',
      'EdDSA',
      { kty: 'OKP', crv: 'Ed25519', x: segment(Buffer.from([1, ...Buffer.alloc(31)])) },
    ],
    [
      'a point of order 8',
      'Ed25519',
      {
        kty: 'OKP',
        crv: 'Ed25519',
        x: segment(Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex')),
      },
    ],
  ])('G9 are not used: %s', async (_what, alg, members) => {
    expect(await judgeKey(alg, members)).toBe('proof_key_invalid');
  });

  it('G9 are not used although their signature fits', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const small = createTestKey('RS256');
    const { n: modulus, e } = publicKey.export({ format: 'jwk' });
    const members = { kty: 'RSA', n: String(modulus), e: String(e) };
    const accessToken = proofIssuer.boundToken({ thumbprint: thumbprintOf(members) });
    const key = { ...small, sign: (input: string) => sign('sha256', Buffer.from(input), privateKey) };
    const proof = signRaw(key, proofHeader({ alg: 'RS256', jwk: members }), proofPayload(accessToken));
    expect(await bench.judge(accessToken, proof)).toBe('proof_key_invalid');
  });

  it('G9 cost nothing where the token is bound to another: their numbers are not looked at', async () => {
    const huge = { kty: 'RSA', n: numberOf(16_384), e: numberOf(2048) };
    const proof = proofFor(token, {}, { alg: 'RS256', jwk: huge });
    const started = process.hrtime.bigint();
    for (let count = 0; count < 200; count++)
      expect(await bench.judge(token, proof)).toBe('dpop_binding_mismatch');
    // An import or a verification of one such key takes 5 ms and more.
    expect(Number(process.hrtime.bigint() - started) / 200e6).toBeLessThan(4);
  });

  it('G9 of good sizes are used', async () => {
    expect(await judgeKey('RS256', { kty: 'RSA', n: numberOf(4096), e: 'AQAB' }, 512)).toBe(
      'proof_signature_invalid',
    );
    expect(await judgeKey('RS256', { kty: 'RSA', n, e: 'AQAB' }, 256)).toBe('proof_signature_invalid');
    expect(await judgeKey('RS256', { kty: 'RSA', n, e: 'Aw' }, 256)).toBe('proof_signature_invalid');
  });
});
