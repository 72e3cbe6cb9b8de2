import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { RefusalReason } from '@auth0/auth0-api-js';
import { algorithms } from '../../src/verify/algorithms.js';
import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';
import {
  claimsText,
  createBench,
  headerText,
  rsaKey,
  segment,
  signRaw,
  type Bench,
} from '../support/bench.js';
import { expectRefusal } from '../support/expect-refusal.js';

const everyAlgorithm = [...algorithms.keys()];
const ecKey = createTestKey('ES256');
const { alg: _alg, ...anyRsaJwk } = rsaKey.publicJwk;

function benchFor(key: TestKey, algorithms: readonly string[] = everyAlgorithm): Bench {
  return createBench([key.publicJwk], { algorithms });
}

const tokenOf = (key: TestKey, header: object = {}): string =>
  signRaw(key, headerText(key, { ...header }), claimsText());
const withSignature = (token: string, signature: Uint8Array): string =>
  token.replace(/[^.]*$/, segment(signature));

describe('D, algorithm and key', () => {
  it.each(everyAlgorithm)(
    'accepts %s when it is asked for, and D1 refuses it when it is not',
    async (alg) => {
      const key = createTestKey(alg);
      const accessToken = tokenOf(key);
      await expect(benchFor(key).client.verifyAccessToken({ accessToken })).resolves.toMatchObject({
        sub: 'auth0|abc',
      });
      const others = everyAlgorithm.filter((other) => other !== alg);
      await expectRefusal(benchFor(key, others), accessToken, 'algorithm_not_allowed', { asksNobody: true });
    },
  );

  it.each<[unknown, RefusalReason]>([
    [undefined, 'algorithm_missing'],
    ['', 'algorithm_missing'],
    [7, 'algorithm_missing'],
    [null, 'algorithm_missing'],
    [['RS256'], 'algorithm_missing'],
    ['rs256', 'algorithm_not_allowed'],
    ['RS256 ', 'algorithm_not_allowed'],
    ['__proto__', 'algorithm_not_allowed'],
    ['toString', 'algorithm_not_allowed'],
    ['ES256K', 'algorithm_not_allowed'],
  ])('D1 refuses alg: %j', (alg, reason) =>
    expectRefusal(benchFor(rsaKey), tokenOf(rsaKey, { alg }), reason, { asksNobody: true }),
  );

  const spellings = Array.from({ length: 16 }, (_, mask) =>
    'none'
      .split('')
      .map((letter, index) => ((mask >> index) & 1 ? letter.toUpperCase() : letter))
      .join(''),
  );
  it.each(spellings)('D2 refuses alg %s, with a signature and without', async (alg) => {
    const token = tokenOf(rsaKey, { alg });
    await expectRefusal(benchFor(rsaKey), token, 'algorithm_not_allowed', { asksNobody: true });
    await expectRefusal(benchFor(rsaKey), withSignature(token, Buffer.alloc(0)), 'algorithm_not_allowed');
  });

  it.each([
    ['RS256', 'ES256'],
    ['ES256', 'RS256'],
    ['ES256', 'ES384'],
    ['ES384', 'ES256'],
    ['ES512', 'ES256'],
    ['Ed25519', 'ES256'],
    ['RS256', 'Ed25519'],
  ])('D3 refuses a key for %s with alg %s, whatever its JWK leaves out', async (real, claimed) => {
    const key = createTestKey(real);
    const { alg: _left, ...jwk } = key.publicJwk;
    const bench = createBench([jwk], { algorithms: everyAlgorithm });
    await expectRefusal(bench, tokenOf(key, { alg: claimed }), 'unknown_key');
  });

  it('D4 refuses every HMAC made with public key material, before any key is looked for', async () => {
    const der = rsaKey.publicKey.export({ type: 'spki', format: 'der' });
    const pem = rsaKey.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const jwk = JSON.stringify(rsaKey.publicJwk);
    const secrets = [
      pem,
      pem.trim(),
      ` ${pem}`,
      `x${pem}`,
      der,
      jwk,
      JSON.stringify({ keys: [rsaKey.publicJwk] }),
      String(rsaKey.publicJwk['n']),
      '',
    ];
    for (const [alg, digest] of [
      ['HS256', 'sha256'],
      ['HS384', 'sha384'],
      ['HS512', 'sha512'],
      ['hs256', 'sha256'],
    ] as const) {
      for (const secret of secrets) {
        const input = `${segment(headerText(rsaKey, { alg }))}.${segment(claimsText())}`;
        const token = `${input}.${createHmac(digest, secret).update(input).digest('base64url')}`;
        await expectRefusal(benchFor(rsaKey), token, 'algorithm_symmetric', { asksNobody: true });
      }
    }
  });

  it.each<[string, object]>([
    ['another alg in the JWK', { ...anyRsaJwk, alg: 'RS512' }],
    ['use: enc', { ...rsaKey.publicJwk, use: 'enc' }],
    ['key_ops without verify', { ...rsaKey.publicJwk, key_ops: ['sign'] }],
    ['a private key', { ...rsaKey.publicJwk, d: 'AQAB' }],
    ['a symmetric key', { kty: 'oct', k: 'AAAA', kid: rsaKey.kid }],
    ['a modulus below 2048 bits', { ...rsaKey.publicJwk, n: Buffer.alloc(128, 0xa5).toString('base64url') }],
  ])('D5 D11 does not use a key with %s', async (_what, jwk) => {
    const bench = createBench([jwk, ecKey.publicJwk], { algorithms: everyAlgorithm });
    await expectRefusal(bench, tokenOf(rsaKey), 'unknown_key');
  });

  it('D5 tells of a private key in the key set', async () => {
    const bench = createBench([{ ...rsaKey.publicJwk, d: 'AQAB' }, ecKey.publicJwk]);
    await bench.client.verifyAccessToken({ accessToken: tokenOf(rsaKey) }).catch(() => {});
    expect(bench.events[0]).toMatchObject({
      type: 'key_skipped',
      index: 0,
      message: expect.stringContaining('PRIVATE'),
    });
  });

  it('D6 never verifies where there is no key', async () => {
    await expectRefusal(createBench([ecKey.publicJwk]), tokenOf(rsaKey), 'unknown_key');
  });

  it('D7 never reads jwk, jku, x5u or x5c, and connects to nobody', async () => {
    let connections = 0;
    const server = createServer(() => connections++).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    const attacker = createTestKey('RS256');
    const claimsBySomebodyElse = { jwk: attacker.publicJwk, jku: url, x5u: url, x5c: ['MIIB'], x5t: 'abc' };
    await expectRefusal(
      benchFor(rsaKey),
      tokenOf({ ...attacker, kid: rsaKey.kid }, claimsBySomebodyElse),
      'signature_invalid',
    );
    await expectRefusal(benchFor(rsaKey), tokenOf(attacker, claimsBySomebodyElse), 'unknown_key');
    await new Promise((resolve) => server.close(resolve));
    expect(connections).toBe(0);
  });

  it.each([
    '../../../../../../dev/null',
    '/dev/null',
    'https://evil.example/keys',
    "' OR 1=1",
    '|sleep 10',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '',
  ])('D8 takes kid %j for nothing but a name', (kid) =>
    expectRefusal(benchFor(rsaKey), tokenOf(rsaKey, { kid }), 'unknown_key'),
  );

  const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
  const zero = '00'.repeat(32);
  const one = `${'00'.repeat(31)}01`;
  it.each([
    [zero, zero],
    [zero, one],
    [one, zero],
    [order, order],
    [one, order],
    [order, one],
    ['ff'.repeat(32), 'ff'.repeat(32)],
    [one, one],
  ])('D10 refuses an ECDSA signature of r=%s s=%s', async (r, s) => {
    await expectRefusal(
      benchFor(ecKey),
      withSignature(tokenOf(ecKey), Buffer.from(r + s, 'hex')),
      'signature_invalid',
    );
  });

  it('D10 refuses an ECDSA signature in DER, or of another length', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: ecKey.kid };
    const input = tokenOf(ecKey).replace(/\.[^.]*$/, '');
    const der = sign('sha256', Buffer.from(input), privateKey);
    const raw = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const bench = createBench([jwk], { algorithms: ['ES256'] });
    await expect(
      bench.client.verifyAccessToken({ accessToken: `${input}.${segment(raw)}` }),
    ).resolves.toBeDefined();
    for (const signature of [
      der,
      raw.subarray(1),
      Buffer.concat([raw, Buffer.alloc(1)]),
      Buffer.concat([Buffer.alloc(2), raw]),
    ]) {
      await expectRefusal(bench, `${input}.${segment(signature)}`, 'signature_invalid');
    }
  });

  it('D11 refuses an RSA signature of another length than the modulus', async () => {
    const token = tokenOf(rsaKey);
    const signature = Buffer.from(token.split('.')[2] ?? '', 'base64url');
    for (const other of [
      signature.subarray(1),
      Buffer.concat([Buffer.alloc(1), signature]),
      Buffer.alloc(0),
    ]) {
      await expectRefusal(benchFor(rsaKey), withSignature(token, other), 'signature_invalid');
    }
  });

  it('D12 does not use a point of small order, for which anybody can sign', async () => {
    const identity = Buffer.alloc(32);
    identity[0] = 1;
    const bench = createBench(
      [{ kty: 'OKP', crv: 'Ed25519', x: segment(identity), kid: 'k' }, rsaKey.publicJwk],
      { algorithms: ['Ed25519'] },
    );
    const key = createTestKey('Ed25519');
    const forged = Buffer.alloc(64);
    forged[0] = 1;
    await expectRefusal(bench, withSignature(tokenOf({ ...key, kid: 'k' }), forged), 'unknown_key');
  });

  it('D13 refuses a PSS signature whose salt is not as long as its hash', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const bench = createBench([{ ...publicKey.export({ format: 'jwk' }), kid: rsaKey.kid }], {
      algorithms: ['PS256'],
    });
    const input = `${segment(headerText(rsaKey, { alg: 'PS256' }))}.${segment(claimsText())}`;
    const signed = (saltLength: number): string =>
      `${input}.${segment(sign('sha256', Buffer.from(input), { key: privateKey, padding: 6, saltLength }))}`;
    await expect(bench.client.verifyAccessToken({ accessToken: signed(32) })).resolves.toBeDefined();
    for (const saltLength of [0, 20, 31, 33, 64])
      await expectRefusal(bench, signed(saltLength), 'signature_invalid');
  });

  it('D14 uses the one key there is for a token without kid, and none where there is a choice', async () => {
    const accessToken = tokenOf(rsaKey, { kid: undefined });
    await expect(
      createBench([rsaKey.publicJwk, ecKey.publicJwk]).client.verifyAccessToken({ accessToken }),
    ).resolves.toBeDefined();
    await expectRefusal(
      createBench([rsaKey.publicJwk, createTestKey('RS256').publicJwk]),
      accessToken,
      'unknown_key',
    );
  });

  it('D15 finds the right one of several keys with the same kid, up to four', async () => {
    const twin = { ...createTestKey('RS256').publicJwk, kid: rsaKey.kid };
    const stranger = { ...ecKey.publicJwk, kid: rsaKey.kid };
    const verify = (keys: readonly unknown[]): Promise<unknown> =>
      createBench(keys).client.verifyAccessToken({ accessToken: tokenOf(rsaKey) });
    await expect(verify([stranger, twin, rsaKey.publicJwk])).resolves.toBeDefined();
    await expect(verify([twin, twin, twin, rsaKey.publicJwk])).resolves.toBeDefined();
    await expect(verify([twin, twin, twin, twin, rsaKey.publicJwk])).rejects.toMatchObject({
      reason: 'signature_invalid',
    });
  });
});
