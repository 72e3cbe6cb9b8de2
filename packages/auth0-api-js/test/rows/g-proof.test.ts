import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { algorithms } from '../../src/verify/algorithms.js';
import { descriptions, type RefusalReason } from '../../src/reasons.js';
import { segment, signRaw } from '../support/bench.js';
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

const bench = createProofBench();
const token = boundToken();
await bench.judge(token, proofFor(token));

/** Expects a proof to be refused with 401, one event and its challenge, and without anybody being asked. */
async function expectRefused(
  proof: string | undefined,
  reason: RefusalReason,
  { on = bench, accessToken = token, code = 'invalid_dpop_proof' } = {},
): Promise<void> {
  on.events.length = 0;
  on.requests.length = 0;
  const refusal = await on.refuse(accessToken, proof);
  expect(refusal).toMatchObject({ reason, statusCode: 401 });
  expect(on.events).toEqual([{ type: 'refusal', reason, statusCode: 401, issuer: proofIssuer.issuer }]);
  expect(on.requests).toEqual([]);
  const description = refusal.message.replaceAll('"', "'");
  expect(refusal.headers['www-authenticate']?.[0]).toBe('Bearer realm="api"');
  expect(refusal.headers['www-authenticate']?.[1]).toMatch(
    `DPoP error="${code}", error_description="${description}", algs="`,
  );
}

describe('G1 and G2, one proof', () => {
  it.each([undefined, ''])('G1 is asked for where there is none: %j', (proof) =>
    expectRefused(proof, 'proof_missing'),
  );

  it('G1 says so in the challenge', async () => {
    expect((await bench.refuse(token, undefined)).headers).toEqual({
      'www-authenticate': [
        'Bearer realm="api"',
        'DPoP error="invalid_dpop_proof", error_description="A DPoP proof is required", algs="ES256"',
      ],
    });
  });

  it.each([
    ['two', () => `${proofFor(token)}, ${proofFor(token)}`],
    ['two without a space', () => `${proofFor(token)},${proofFor(token)}`],
    [
      'the same twice',
      () =>
        [1, 1]
          .fill(0)
          .map(() => proofFor(token))
          .join(),
    ],
    ['one and nothing', () => `${proofFor(token)},`],
    ['nothing and one', () => `, ${proofFor(token)}`],
    ['a comma', () => ','],
  ])('G2 is all that is accepted, and not %s', (_what, proofs) => expectRefused(proofs(), 'proof_multiple'));
});

const header = proofHeader();
const payload = proofPayload(token);
const good = (): string => proofFor(token);
/** A proof with one of its three segments changed after signing. */
const changed = (at: number, change: (text: string) => string): string =>
  good()
    .split('.')
    .map((text, index) => (index === at ? change(text) : text))
    .join('.');
const raw = (head: string | Uint8Array, body: string | Uint8Array): string => signRaw(proofKey, head, body);
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const twice = (text: string): string => `{"x":1,"x":1,${text.slice(1)}`;
/** The last character with the unused bits of its last byte set. */
const unusedBits = (text: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1) ?? '') + 1];
};

describe('G3, the form of a proof', () => {
  it.each<[string, () => string]>([
    ['C1 no dot', () => 'abc'],
    ['C1 no dot in what is JSON all the same, with a character less', () => `${segment('{}  ')}A`],
    ['C1 one dot', () => good().split('.').slice(0, 2).join('.')],
    ['C1 three dots', () => `${good()}.a`],
    ['C1 a dot at the end', () => `${good()}.`],
    ['C1 a dot at the beginning', () => `.${good()}`],
    ['C1 dots only', () => '..'],
    ['C1 no header', () => changed(0, () => '')],
    ['C1 no payload', () => changed(1, () => '')],
    ['C2 JSON', () => JSON.stringify({ payload: 'a' })],
    ['C2 the header as JSON', () => changed(0, () => header.replaceAll(',', ' '))],
    ['C3 a character of another alphabet', () => changed(1, (text) => `${text.slice(0, -1)}*`)],
    ['C4 a space within', () => changed(1, (text) => `${text} `)],
    ['C4 a space before', () => ` ${good()}`],
    ['C4 a line feed', () => changed(2, (text) => `${text}\n`)],
    ['C4 padding', () => changed(2, (text) => `${text}==`)],
    ['C4 the other base64', () => changed(2, (text) => `+/${text.slice(2)}`)],
    [
      'C5 a character too many in the header',
      () => changed(0, (text) => `${text}AAAAA`.slice(0, text.length - (text.length % 4) + 5)),
    ],
    ['C5 unused bits in the signature', () => changed(2, unusedBits)],
    ['C6 a header that is not UTF-8', () => raw(Buffer.from('{"a":"\xff"}', 'latin1'), payload)],
    ['C6 a payload that is not UTF-8', () => raw(header, Buffer.from('{"a":"\xff"}', 'latin1'))],
    ['C6 a byte order mark before the header', () => raw(`\ufeff${header}`, payload)],
    ['C6 a byte order mark before the payload', () => raw(header, `\ufeff${payload}`)],
    ['C6 UTF-16', () => raw(utf16(header), utf16(payload))],
    ['C7 a header that is a list', () => raw('[]', payload)],
    ['C7 a header with a member twice', () => raw(twice(header), payload)],
    ['C7 a key with a member twice', () => raw(header.replace('"jwk":{', '"jwk":{"kty":"EC",'), payload)],
    ['C8 a critical extension', () => proofFor(token, {}, { crit: ['exp'] })],
    ['C8 critical extensions that are none', () => proofFor(token, {}, { crit: null })],
    ['C9 b64', () => proofFor(token, {}, { b64: true })],
    ['C10 a payload that is a list', () => raw(header, `[${payload}]`)],
    ['C10 a payload that is null', () => raw(header, 'null')],
    ['C10 a payload with a member twice', () => raw(header, twice(payload))],
    ['C10 something behind the payload', () => raw(header, `${payload} x`)],
    ['C10 an empty payload', () => raw(header, '')],
    ['C11 five segments', () => `${good()}.a.a`],
    ['C11 an encrypted one', () => proofFor(token, {}, { enc: 'A256GCM' })],
    ['C11 a compressed one', () => proofFor(token, {}, { zip: 'DEF' })],
    ['something deep', () => raw(header, `{"deep":${'['.repeat(40)}${']'.repeat(40)},${payload.slice(1)}`)],
  ])('G3 is not that of %s', (_what, proof) => expectRefused(proof(), 'proof_malformed'));

  it('G3 is no text of more than 8,192 characters', async () => {
    const long = (padding: number): string => proofFor(token, { padding: 'x'.repeat(padding) });
    const spare = Math.floor(((8192 - long(0).length) * 3) / 4) - 4;
    expect(await bench.judge(token, long(spare))).toBe('accepted');
    await expectRefused(long(spare + 10), 'proof_too_large');
    await expectRefused('x'.repeat(8193), 'proof_too_large');
    await expectRefused('x'.repeat(8192), 'proof_malformed');
  });
});

describe('G4 and G5, what a proof must have', () => {
  it.each<['typ' | 'alg' | 'jwk', RefusalReason]>([
    ['typ', 'proof_type_not_accepted'],
    ['alg', 'proof_algorithm_not_allowed'],
    ['jwk', 'proof_key_invalid'],
  ])('G4 has %s in its header, of its type', async (name, reason) => {
    for (const value of [undefined, null, '', 7, true, [], {}, [name], Infinity])
      await expectRefused(proofFor(token, {}, { [name]: value }), reason);
  });

  it.each(['jti', 'htm', 'htu', 'ath'])('G4 has %s, a string', async (name) => {
    for (const value of [undefined, null, '', 7, true, [], {}, ['GET']])
      await expectRefused(proofFor(token, { [name]: value }), 'proof_claim_invalid');
  });

  it('G4 has iat, a number', async () => {
    for (const iat of [undefined, null, '', `${Date.now() / 1000}`, true, [], {}])
      await expectRefused(proofFor(token, { iat }), 'proof_claim_invalid');
  });

  it.each(['jti', 'htm', 'htu', 'ath', 'iat'] as const)('G4 names %s where it is missing', async (name) => {
    const { message } = await bench.refuse(token, proofFor(token, { [name]: undefined }));
    expect(message).toBe(`"${name}" claim must be a ${name === 'iat' ? 'number' : 'string'}`);
  });

  it.each([
    'JWT',
    'at+jwt',
    'dpop+jwt+x',
    'dpop+jw',
    'application/dpop+jwt',
    'DPoP+jwt',
    'dpop+JWT',
    ' dpop+jwt',
  ])('G5 is of the type dpop+jwt in this spelling, and not %j', (typ) =>
    expectRefused(proofFor(token, {}, { typ }), 'proof_type_not_accepted'),
  );
});

describe('G6, the algorithm of a proof', () => {
  it.each([
    'none',
    'None',
    'NONE',
    'nOnE',
    'HS256',
    'HS512',
    'es256',
    'ES256 ',
    'ES384',
    'RS256',
    'EdDSA',
    'ES256K',
  ])('G6 is none that the options do not name: %j', (alg) =>
    expectRefused(proofFor(token, {}, { alg }), 'proof_algorithm_not_allowed'),
  );

  it('G6 is not that of a secret, whatever the secret is', async () => {
    const signingInput = `${segment(proofHeader({ alg: 'HS256' }))}.${segment(payload)}`;
    for (const secret of [JSON.stringify(jwkOf(proofKey)), '', 'secret']) {
      const mac = createHmac('sha256', secret).update(signingInput).digest('base64url');
      await expectRefused(`${signingInput}.${mac}`, 'proof_algorithm_not_allowed');
    }
  });

  it('G6 fits the key, by type and by curve', async () => {
    const all = createProofBench({ dpop: { algorithms: [...algorithms.keys()] } });
    await all.judge(token, proofFor(token));
    for (const alg of ['ES384', 'ES512', 'RS256', 'PS256', 'EdDSA', 'Ed25519'])
      await expectRefused(proofFor(token, {}, { alg }), 'proof_key_invalid', { on: all });
    const jwk = { ...jwkOf(proofKey), alg: 'ES384' };
    await expectRefused(proofFor(token, {}, { jwk }), 'proof_key_invalid', { on: all });
  });

  it.each([...algorithms.keys()])(
    'G6 may be %s where the options name it, and challenges do too',
    async (alg) => {
      const key = createTestKey(alg);
      const accessToken = proofIssuer.boundToken({ thumbprint: thumbprintOf(jwkOf(key)) });
      const proof = (): string => signRaw(key, proofHeader({}, key), proofPayload(accessToken));
      const asked = createProofBench({ dpop: { algorithms: [alg] } });
      expect(await asked.judge(accessToken, proof())).toBe('accepted');
      expect(await asked.judge(accessToken, proof())).toBe('accepted');
      const { headers } = await asked.refuse(accessToken, undefined);
      expect(headers['www-authenticate']?.[1]).toContain(`algs="${alg}"`);
      const isDefault = alg === 'ES256';
      expect(await bench.judge(accessToken, proof())).toBe(
        isDefault ? 'accepted' : 'proof_algorithm_not_allowed',
      );
    },
  );
});

describe('G7, the signature of a proof', () => {
  const another = createTestKey('ES256');
  const signature = (): Buffer => Buffer.from(good().split('.')[2] ?? '', 'base64url');
  const withSignature = (bytes: Uint8Array): string => changed(2, () => segment(bytes));

  it.each<[string, () => string]>([
    ['of another key', () => signRaw(another, header, payload)],
    ['of another proof', () => withSignature(signature())],
    ['empty', () => changed(2, () => '')],
    ['zeros', () => withSignature(Buffer.alloc(64))],
    ['too short', () => withSignature(signature().subarray(1))],
    ['too long', () => withSignature(Buffer.concat([signature(), Buffer.alloc(1)]))],
    ['over another payload', () => changed(1, () => segment(proofPayload(token)))],
    ['over another header', () => changed(0, () => segment(proofHeader({ x: 1 })))],
  ])('G7 is not %s', (_what, proof) => expectRefused(proof(), 'proof_signature_invalid'));

  it('G7 is wrong where any of its bits is', async () => {
    const [head, body, text = ''] = good().split('.');
    const bytes = Buffer.from(text, 'base64url');
    for (let bit = 0; bit < 512; bit += 7) {
      const turned = Buffer.from(bytes);
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const proof = `${head}.${body}.${segment(turned)}`;
      expect(await bench.judge(token, proof)).toBe('proof_signature_invalid');
    }
    expect(await bench.judge(token, `${head}.${body}.${text}`)).toBe('accepted');
  });

  it('G7 is that of the key in the header, and that key the one of the token', () =>
    expectRefused(signRaw(another, proofHeader({}, another), payload), 'dpop_binding_mismatch', {
      code: 'invalid_token',
    }));
});

describe('G16, the token of a proof', () => {
  const { ath } = JSON.parse(payload) as { ath: string };
  const bytes = Buffer.from(ath, 'base64url');
  it.each([
    ['of another token', (JSON.parse(proofPayload('another')) as { ath: string }).ath],
    ['padded', `${ath}=`],
    ['in standard base64', `${bytes.toString('base64')}`],
    ['in hex', bytes.toString('hex').toUpperCase()],
    ['shorter', ath.slice(0, -1)],
    ['in another case', ath.toUpperCase()],
    ['the token itself', token],
    ['long', ath.repeat(50)],
  ])('G16 has a hash that is not %s', (_what, wrong) =>
    expectRefused(proofFor(token, { ath: wrong }), 'proof_token_mismatch'),
  );
});

describe('descriptions', () => {
  it('of refused proofs repeat nothing that was sent', async () => {
    const mark = 'attacker';
    const proofs = [
      proofFor(token, { jti: mark, htm: mark }),
      proofFor(token, { htu: `https://${mark}.test/` }),
      proofFor(token, { ath: mark }),
      proofFor(token, {}, { alg: mark }),
      proofFor(token, {}, { typ: mark }),
      proofFor(token, {}, { jwk: { kty: mark } }),
      mark,
    ];
    const known = new Set<string>(Object.values(descriptions));
    for (const proof of proofs) {
      const { message, headers } = await bench.refuse(token, proof);
      expect(known).toContain(message);
      expect(JSON.stringify(headers)).not.toContain(mark);
    }
  });
});
