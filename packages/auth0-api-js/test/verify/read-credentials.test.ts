import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidRequestError, VerifyAccessTokenError } from '@auth0/auth0-api-js';
import { readCredentials } from '../../src/verify/read-credentials.js';

/** The token, or nothing where the header is answered with a bare challenge. */
function read(...lines: readonly string[]): string | undefined {
  try {
    const { token } = readCredentials(lines);
    expect(token).toBeTypeOf('string');
    return token;
  } catch (error) {
    expect(error).toBeInstanceOf(VerifyAccessTokenError);
    expect(error).toMatchObject({ reason: 'credentials_missing', message: '', statusCode: 401 });
    return undefined;
  }
}

/** The word `bearer` with each letter in either case. */
const scheme = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }).map((upper) =>
  'bearer'
    .split('')
    .map((letter, at) => (upper[at] ? letter.toUpperCase() : letter))
    .join(''),
);
const spaces = fc.integer({ min: 1, max: 20 }).map((count) => ' '.repeat(count));
const token = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes(' '));

describe('readCredentials', () => {
  it('A3 A5 reads the token after the scheme in any case and any number of spaces', () => {
    fc.assert(
      fc.property(scheme, spaces, token, (name, space, text) => {
        expect(read(`${name}${space}${text}`)).toBe(text);
      }),
    );
  });

  it('A7 A8 finds no token where anything but spaces and one word follows the scheme', () => {
    const words = fc.tuple(token, spaces, fc.option(token)).map(([a, space, b]) => `${a}${space}${b ?? ''}`);
    fc.assert(
      fc.property(scheme, spaces, words, (name, space, text) => {
        expect(read(`${name}${space}${text}`)).toBeUndefined();
      }),
    );
  });

  it('A2 finds no token behind any other scheme', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), spaces, token, (name, space, text) => {
        fc.pre(name.toLowerCase() !== 'bearer' && !/^bearer /i.test(name));
        expect(read(`${name}${space}${text}`)).toBeUndefined();
      }),
    );
  });

  it.each([
    ['A1', ''],
    ['A4', 'Bearer'],
    ['A4', 'Bearer '],
    ['A4', 'Bearer    '],
    ['A6', 'Bearer\tabc'],
    ['A2', ' Bearer abc'],
    ['A2', 'Bearerabc'],
    ['A2', 'DPoP abc'],
    ['A2', 'Basic abc'],
    ['A7', 'Bearer abc def'],
    ['A7', 'Bearer abc '],
    ['A8', 'Bearer abc, Bearer def'],
  ])('%s finds no token in %j', (_row, line) => {
    expect(read(line)).toBeUndefined();
  });

  it('A1 finds no token where there is no line', () => {
    expect(read()).toBeUndefined();
  });

  it('A9 refuses several lines, whatever they hold', () => {
    for (const lines of [
      ['Bearer a', 'Bearer a'],
      ['Basic a', 'Bearer b'],
      ['', ''],
    ]) {
      const reading = (): unknown => readCredentials(lines);
      expect(reading).toThrow(InvalidRequestError);
      expect(reading).toThrow(expect.objectContaining({ reason: 'credentials_ambiguous', statusCode: 400 }));
    }
  });

  it('O2 is done with a million spaces in no time', () => {
    expect(read(`Bearer${' '.repeat(1_000_000)}`)).toBeUndefined();
    expect(read(`Bearer${' a'.repeat(500_000)}`)).toBeUndefined();
  });
});
