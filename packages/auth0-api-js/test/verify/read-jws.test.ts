import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VerifyAccessTokenError } from '@auth0/auth0-api-js';
import { readJws, type Jws } from '../../src/verify/read-jws.js';
import { segment } from '../support/bench.js';

/** The parts, or the reason they are refused for; anything else that is thrown fails the test. */
function read(token: string): Jws | string {
  try {
    return readJws(token);
  } catch (error) {
    expect(error).toBeInstanceOf(VerifyAccessTokenError);
    return String((error as VerifyAccessTokenError).reason);
  }
}

const header = segment('{"alg":"RS256"}');
/** A token of this many characters. */
const ofLength = (length: number): string => {
  const start = `${header}.${segment('{}')}.`;
  return `${start}${'A'.repeat(length - start.length)}`;
};

describe('readJws', () => {
  it('takes apart any header object, payload and signature, and keeps what was signed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
        fc.uint8Array(),
        fc.uint8Array(),
        (object, payload, signature) => {
          const text = JSON.stringify(object);
          const input = `${segment(text)}.${segment(payload)}`;
          expect(readJws(`${input}.${segment(signature)}`)).toEqual({
            header: JSON.parse(text),
            payload: Buffer.from(payload),
            signedBytes: Buffer.from(input),
            signature: Buffer.from(signature),
          });
        },
      ),
    );
  });

  it('accepts one spelling of any token, and fails in no other way than by refusing', () => {
    const anySegment = fc.oneof(
      fc.constant(header),
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
        expect(`${jws.signedBytes.toString()}.${segment(jws.signature)}`).toBe(token);
        expect(jws.signedBytes.toString()).toBe(`${header}.${segment(jws.payload)}`);
      }),
      { numRuns: 2000, seed: 7515 },
    );
    expect(accepted).toBeGreaterThan(20);
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
    expect(read(token)).toBe(reason);
  });

  it.each([16_380, 16_381, 16_383, 16_384])('looks at a token of %i characters', (length) => {
    expect(ofLength(length)).toHaveLength(length);
    const isWhole = (length - ofLength(60).lastIndexOf('.') - 1) % 4 !== 1;
    if (isWhole) expect(read(ofLength(length))).toMatchObject({ header: { alg: 'RS256' } });
    else expect(read(ofLength(length))).toBe('token_malformed');
  });

  it('does not look at a token of 16,385 characters', () => {
    expect(read(ofLength(16_385))).toBe('token_too_large');
  });
});
