import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VerifyAccessTokenError } from '@auth0/auth0-api-js';
import { KnownHeaders } from '../../src/verify/known-headers.js';
import { readToken, type UnverifiedToken } from '../../src/verify/read-token.js';
import { splitJws } from '../../src/verify/split-jws.js';
import { segment } from '../support/bench.js';

/** What comes of a token, or the reason it is refused for; anything else that is thrown fails the test. */
function attempt<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    expect(error).toBeInstanceOf(VerifyAccessTokenError);
    return String((error as VerifyAccessTokenError).reason);
  }
}

const split = (token: string): unknown => attempt(() => splitJws(token));
const read = (token: string): UnverifiedToken | string => attempt(() => readToken(token, new KnownHeaders()));

const header = segment('{"alg":"RS256"}');
const claims = segment('{"a":1}');
/** A token of this many characters. */
const ofLength = (length: number): string => {
  const start = `${header}.${claims}.`;
  return `${start}${'A'.repeat(length - start.length)}`;
};

describe('splitJws', () => {
  it('takes any three segments apart, and keeps what was signed as it was sent', () => {
    const text = fc.uint8Array().map((bytes) => segment(bytes));
    fc.assert(
      fc.property(text, text, fc.uint8Array(), (headerText, payloadText, signature) => {
        const signedText = `${headerText}.${payloadText}`;
        expect(splitJws(`${signedText}.${segment(signature)}`)).toEqual({
          headerText,
          payloadText,
          signedText,
          signature: Buffer.from(signature),
        });
      }),
    );
  });

  it.each([
    ['', 'token_opaque'],
    ['a', 'token_opaque'],
    ['a.b', 'token_malformed'],
    ['a.b.c.d', 'token_malformed'],
    ['a.b.c.d.e', 'token_encrypted'],
    ['a.b.c.d.e.f', 'token_malformed'],
    ['.....', 'token_malformed'],
    ['....', 'token_encrypted'],
    ['...', 'token_malformed'],
  ])('counts the segments of %j: %s', (token, reason) => {
    expect(split(token)).toBe(reason);
    expect(read(token)).toBe(reason);
  });

  it.each([16_380, 16_381, 16_383, 16_384])('looks at a token of %i characters', (length) => {
    expect(ofLength(length)).toHaveLength(length);
    const isWhole = (length - ofLength(60).lastIndexOf('.') - 1) % 4 !== 1;
    if (isWhole) expect(split(ofLength(length))).toMatchObject({ headerText: header });
    else expect(split(ofLength(length))).toBe('token_malformed');
  });

  it('does not look at a token of 16,385 characters', () => {
    expect(split(ofLength(16_385))).toBe('token_too_large');
  });
});

describe('readToken', () => {
  it('reads any header object and any claims, and keeps what was signed', () => {
    const anyObject = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(anyObject, anyObject, fc.uint8Array(), (members, payload, signature) => {
        const headerText = segment(JSON.stringify({ ...members, crit: undefined, b64: undefined }));
        fc.pre(['enc', 'zip', 'p2c', 'cty'].every((name) => !Object.hasOwn(members, name)));
        const signedText = `${headerText}.${segment(JSON.stringify(payload))}`;
        const text = `${signedText}.${segment(signature)}`;
        expect(readToken(text, new KnownHeaders())).toMatchObject({
          text,
          headerText,
          signedText,
          signature: Buffer.from(signature),
          claims: JSON.parse(JSON.stringify(payload)) as object,
        });
      }),
    );
  });

  it('accepts one spelling of any token, and fails in no other way than by refusing', () => {
    const anySegment = fc.oneof(
      fc.constant(header),
      fc.constant(claims),
      fc.uint8Array({ maxLength: 9 }).map((bytes) => segment(bytes)),
      fc.string({ unit: fc.constantFrom(...'AZaz09-_+/= \n.é'.split('')), maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(anySegment, { minLength: 1, maxLength: 6 }), (segments) => {
        const token = segments.join('.');
        const jws = read(token);
        if (typeof jws === 'string') {
          expect(['token_opaque', 'token_malformed', 'token_encrypted', 'header_malformed']).toContain(jws);
          return;
        }
        accepted += 1;
        expect(`${jws.signedText}.${segment(jws.signature)}`).toBe(token);
        const { members } = jws.header;
        expect(jws.signedText).toBe(
          `${segment(JSON.stringify(members))}.${segment(JSON.stringify(jws.claims))}`,
        );
      }),
      { numRuns: 5000, seed: 7515 },
    );
    expect(accepted).toBeGreaterThan(20);
  });

  it.each([
    ['a header with padding', `${header}=.${claims}.AA`, 'token_malformed'],
    ['a header with a space', `${header} .${claims}.AA`, 'token_malformed'],
    ['claims with padding', `${header}.${claims}=.AA`, 'token_malformed'],
    ['claims with a line break', `${header}.${claims}\n.AA`, 'token_malformed'],
    ['a signature with padding', `${header}.${claims}.AA==`, 'token_malformed'],
    ['a signature with stray bits', `${header}.${claims}.AB`, 'token_malformed'],
    ['a signature in the other alphabet', `${header}.${claims}.++++`, 'token_malformed'],
    ['a header that is no object', `${segment('[]')}.${claims}.AA`, 'header_malformed'],
    ['no header', `.${claims}.AA`, 'header_malformed'],
    ['claims that are no object', `${header}.${segment('[]')}.AA`, 'token_malformed'],
    ['no claims', `${header}..AA`, 'token_malformed'],
  ])('refuses %s', (_what, token, reason) => {
    expect(read(`${header}.${claims}.AA`)).toMatchObject({ claims: { a: 1 } });
    expect(read(token)).toBe(reason);
  });
});
