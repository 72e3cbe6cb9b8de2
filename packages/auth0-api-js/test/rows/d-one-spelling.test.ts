import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { algorithms } from '../../src/verify/algorithms.js';
import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';
import { claimsText, createBench, headerText, segment } from '../support/bench.js';
import { expectRefusal } from '../support/expect-refusal.js';

const names = [...algorithms.keys()];
const rsa = names.filter((name) => /^[RP]S/.test(name));
const elliptic = names.filter((name) => name.startsWith('ES'));

interface Signed {
  readonly input: string;
  readonly signature: Buffer;
}

/** Signs tokens that differ by a number until one has a signature with the wanted property. */
function signUntil(key: TestKey, isWanted: (signature: Buffer) => boolean): Signed {
  for (let number = 0; ; number++) {
    const input = `${segment(headerText(key))}.${segment(claimsText({ number }))}`;
    const signature = key.sign(input);
    if (isWanted(signature)) return { input, signature };
  }
}

/** Expects the signature to be accepted as it is, and its token to be refused with every other one. */
async function expectOneSpelling(
  key: TestKey,
  { input, signature }: Signed,
  others: readonly Buffer[],
): Promise<void> {
  const bench = createBench([key.publicJwk], { algorithms: names });
  for (const other of others) await expectRefusal(bench, `${input}.${segment(other)}`, 'signature_invalid');
  await expect(
    bench.client.verifyAccessToken({ accessToken: `${input}.${segment(signature)}` }),
  ).resolves.toBeDefined();
}

const zero = Buffer.alloc(1);
const zeros = (count: number): Buffer => Buffer.alloc(count);
const toNumber = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
const toBytes = (number: bigint, length: number): Buffer =>
  Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex');

/** Both halves of an ECDSA signature. */
const halves = (signature: Buffer): [Buffer, Buffer] => [
  signature.subarray(0, signature.length / 2),
  signature.subarray(signature.length / 2),
];

describe('one signature, one spelling', () => {
  it.each(rsa)(
    'D11 D13 refuses a %s signature without its leading zero byte, or with another',
    async (alg) => {
      const key = createTestKey(alg);
      const signed = signUntil(key, (signature) => signature[0] === 0);
      const { signature } = signed;
      await expectOneSpelling(key, signed, [
        signature.subarray(1),
        Buffer.concat([zero, signature]),
        Buffer.concat([signature, zero]),
        signature.subarray(0, -1),
        zeros(0),
        zeros(signature.length),
      ]);
    },
  );

  it.each(['RS256', 'PS256'])('D11 refuses a %s signature with the modulus added to it', async (alg) => {
    const key = createTestKey(alg);
    const { n = '' } = createPublicKey(key.publicKey.export({ type: 'spki', format: 'pem' })).export({
      format: 'jwk',
    });
    const modulus = toNumber(Buffer.from(n, 'base64url'));
    const isShort = (signature: Buffer): boolean => toNumber(signature) + modulus < 1n << 2048n;
    const signed = signUntil(key, isShort);
    const longer = toBytes(toNumber(signed.signature) + modulus, 256);
    await expectOneSpelling(key, signed, [longer]);
  });

  it.each(elliptic)('D10 refuses an %s signature whose halves are padded or cut', async (alg) => {
    const key = createTestKey(alg);
    const signed = signUntil(key, () => true);
    const [r, s] = halves(signed.signature);
    await expectOneSpelling(key, signed, [
      Buffer.concat([zero, r, zero, s]),
      Buffer.concat([zero, r, s]),
      Buffer.concat([r, zero, s]),
      Buffer.concat([r, s, zero]),
      Buffer.concat([r, s, r, s]),
      Buffer.concat([s, r]),
      Buffer.concat([r, zeros(s.length)]),
      Buffer.concat([zeros(r.length), s]),
      r,
      zeros(0),
      zeros(r.length + s.length),
    ]);
  });

  it('D10 refuses an ES512 signature without the leading zero bytes of its halves', async () => {
    const key = createTestKey('ES512');
    const signed = signUntil(key, (signature) => halves(signature).every((half) => half[0] === 0));
    const [r, s] = halves(signed.signature);
    await expectOneSpelling(key, signed, [Buffer.concat([r.subarray(1), s.subarray(1)])]);
  });

  it.each(['Ed25519', 'EdDSA'])(
    'D10 refuses an %s signature with the group order added to it',
    async (alg) => {
      const key = createTestKey(alg);
      const signed = signUntil(key, () => true);
      const [point, scalar] = halves(signed.signature);
      const order = (1n << 252n) + 27742317777372353535851937790883648493n;
      const larger = toBytes(toNumber(Buffer.from(scalar).reverse()) + order, 32).reverse();
      await expectOneSpelling(key, signed, [
        Buffer.concat([point, larger]),
        Buffer.concat([signed.signature, zero]),
        signed.signature.subarray(0, -1),
        point,
        zeros(0),
        zeros(64),
      ]);
    },
  );
});
