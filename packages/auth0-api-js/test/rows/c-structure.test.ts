import { describe, expect, it } from 'vitest';
import type { RefusalReason } from '@auth0/auth0-api-js';
import { claimsText, createBench, headerText, rsaKey, segment, signRaw } from '../support/bench.js';
import { expectRefusal } from '../support/expect-refusal.js';

const bench = createBench([rsaKey.publicJwk]);
const good = signRaw(rsaKey, headerText(rsaKey), claimsText());
const [header = '', payload = '', signature = ''] = good.split('.');

function refuses(token: string, reason: RefusalReason): Promise<void> {
  return expectRefusal(bench, token, reason, { asksNobody: true });
}

/** A token with another header, signed as it should be. */
const withHeader = (text: string | Uint8Array): string => signRaw(rsaKey, text, claimsText());
/** A token with other claims, signed as it should be. */
const withPayload = (text: string | Uint8Array): string => signRaw(rsaKey, headerText(rsaKey), text);

describe('C, the structure of a token', () => {
  it('accepts the token that all others here are made from', async () => {
    await expect(
      createBench([rsaKey.publicJwk]).client.verifyAccessToken({ accessToken: good }),
    ).resolves.toMatchObject({
      sub: 'auth0|abc',
    });
  });

  it.each<[string, RefusalReason]>([
    ['abc', 'token_opaque'],
    [`${header}.${payload}`, 'token_malformed'],
    [`${good}.${signature}`, 'token_malformed'],
    [`${good}.`, 'token_malformed'],
    [`.${good}`, 'token_malformed'],
    [`.${payload}.${signature}`, 'header_malformed'],
    [`${header}..${signature}`, 'token_malformed'],
    ['..', 'header_malformed'],
    [`${good}.a.b.c`, 'token_malformed'],
  ])('C1 refuses a wrong number of segments or an empty one: %s', refuses);

  it('C1 refuses an empty signature', async () => {
    await expectRefusal(createBench([rsaKey.publicJwk]), `${header}.${payload}.`, 'signature_invalid');
  });

  it.each([
    JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
    JSON.stringify({ payload, protected: header, signature }),
  ])('C2 refuses the JSON serialisations', (token) => refuses(token, 'token_opaque'));

  const spoilt = [' ', '\n', '\r\n', '\t', '=', '==', '+', '/', '%', '"', 'é', '\0', '~'];
  it.each(spoilt.flatMap((text) => [0, 1, 2].map((index) => [text, index] as const)))(
    'C3 C4 refuses %j in segment %i',
    async (text, index) => {
      for (const place of [0, 3, undefined]) {
        const segments = [header, payload, signature];
        const old = segments[index] ?? '';
        segments[index] =
          place === undefined ? `${old}${text}` : `${old.slice(0, place)}${text}${old.slice(place)}`;
        await refuses(segments.join('.'), 'token_malformed');
      }
    },
  );

  it('C5 refuses non-zero unused bits in the last character of any segment', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // Contents whose length is no multiple of three leave unused bits.
    const contents = [headerText(rsaKey), claimsText()].map((text) =>
      text.length % 3 === 0 ? ` ${text}` : text,
    );
    const token = signRaw(rsaKey, contents[0] ?? '', contents[1] ?? '');
    for (const index of [0, 1, 2]) {
      const segments = token.split('.');
      const old = segments[index] ?? '';
      const last = alphabet.indexOf(old.at(-1) ?? '');
      segments[index] = `${old.slice(0, -1)}${alphabet[last + 1] ?? ''}`;
      expect(Buffer.from(segments[index] ?? '', 'base64url')).toEqual(Buffer.from(old, 'base64url'));
      await refuses(segments.join('.'), 'token_malformed');
    }
  });

  it('C5 refuses a length of 1 modulo 4', async () => {
    await refuses(`${header}.${payload}.${signature.slice(0, 341)}`, 'token_malformed');
    await refuses(`${header}.A.${signature}`, 'token_malformed');
  });

  const badTexts: [string, Uint8Array][] = [
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['an overlong character', Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d])],
    ['half of a surrogate pair', Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d])],
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{}')])],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
  ];
  it.each(badTexts)('C6 refuses %s', async (_what, bytes) => {
    await refuses(withHeader(bytes), 'header_malformed');
    await refuses(withPayload(bytes), 'token_malformed');
  });

  const noObjects = ['[]', '"text"', '7', 'null', 'true', '{', '{}x', '', ' ', '{"a":1,}'];
  it.each(noObjects)('C7 C10 refuses %j as header or payload', async (text) => {
    await refuses(withHeader(text), 'header_malformed');
    await refuses(withPayload(text), 'token_malformed');
  });

  it.each([
    `{"alg":"RS256","alg":"RS256","kid":"${rsaKey.kid}"}`,
    `{"alg":"none","alg":"RS256","kid":"${rsaKey.kid}"}`,
    `{"alg":"RS256","\\u0061lg":"none","kid":"${rsaKey.kid}"}`,
    `{"alg":"RS256","kid":"${rsaKey.kid}","x":{"a":1,"a":2}}`,
  ])('C7 refuses a member that the header names twice: %s', (text) =>
    refuses(withHeader(text), 'header_malformed'),
  );

  it.each(['"exp":9999999999', '"iss":"https://issuer.test/"', '"x":[{"a":1,"a":2}]', '"\\u0069ss":"b"'])(
    'C10 refuses a member that the claims name twice: %s',
    (member) => refuses(withPayload(`{${member},${claimsText().slice(1)}`), 'token_malformed'),
  );

  it.each([['exp'], [], 'exp', [7], ['exp', 'exp'], ['alg'], ['kid'], ['absent'], null, ['b64'], {}])(
    'C8 refuses crit: %j',
    (crit) => refuses(withHeader(headerText(rsaKey, { crit, exp: 1, b64: undefined })), 'critical_header'),
  );

  it.each([true, false, null, 'false'])('C9 refuses b64: %j', (b64) =>
    refuses(withHeader(headerText(rsaKey, { b64 })), 'critical_header'),
  );

  it.each([{ enc: 'A256GCM' }, { zip: 'DEF' }, { p2c: 1 }, { cty: 'JWT' }, { cty: 'jwt' }, { cty: 7 }])(
    'C11 refuses what is encrypted or wraps a token: %j',
    (members) => refuses(withHeader(headerText(rsaKey, members)), 'encryption_header'),
  );

  it('C11 refuses five segments without a look inside', () =>
    refuses(
      `${segment('{"alg":"dir","enc":"A256GCM"}')}..${payload}.${payload}.${payload}`,
      'token_encrypted',
    ));

  it('C12 refuses a token with its algorithm in the payload only', () =>
    refuses(signRaw(rsaKey, `{"kid":"${rsaKey.kid}"}`, claimsText({ alg: 'RS256' })), 'algorithm_missing'));

  it.each([undefined, 'JWT', 'jwt', 'at+jwt', 'AT+JWT', 'application/at+jwt', 'Application/AT+JWT'])(
    'C13 accepts typ: %s',
    async (typ) => {
      const accessToken = withHeader(headerText(rsaKey, { typ }));
      await expect(
        createBench([rsaKey.publicJwk]).client.verifyAccessToken({ accessToken }),
      ).resolves.toBeDefined();
    },
  );

  it.each([
    '',
    'dpop+jwt',
    'logout+jwt',
    'id_token+jwt',
    'secevent+jwt',
    'at+jwt ',
    'text/at+jwt',
    7,
    null,
    ['JWT'],
    {},
  ])('C13 refuses typ: %j', (typ) => refuses(withHeader(headerText(rsaKey, { typ })), 'type_not_accepted'));

  it.each([7, null, {}, ['k'], 'k'.repeat(257), 'a\nb', 'a\0', '\u007f', '\u0085'])(
    'C14 refuses kid: %j',
    (kid) => refuses(withHeader(headerText(rsaKey, { kid })), 'key_id_invalid'),
  );

  it('C15 is not led astray by prototype members of the header', async () => {
    const text = `{"__proto__":{"alg":"none","kid":"x"},"constructor":{"alg":"none"},"alg":"RS256","kid":"${rsaKey.kid}"}`;
    await expect(
      createBench([rsaKey.publicJwk]).client.verifyAccessToken({ accessToken: withHeader(text) }),
    ).resolves.toBeDefined();
    await refuses(withHeader('{"__proto__":{"alg":"RS256"}}'), 'algorithm_missing');
  });

  it('C15 hands out claims without members that could pollute a prototype', async () => {
    const text = `{"__proto__":{"isAdmin":true},"deep":[{"__proto__":{"isAdmin":true},"constructor":1,"prototype":2,"kept":3}],${claimsText().slice(1)}`;
    const claims = await createBench([rsaKey.publicJwk]).client.verifyAccessToken({
      accessToken: withPayload(text),
    });
    expect(Object.assign({}, claims)['isAdmin']).toBeUndefined();
    expect(claims['deep']).toEqual([{ kept: 3 }]);
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
    expect(Object.keys(claims)).not.toContain('__proto__');
  });
});
