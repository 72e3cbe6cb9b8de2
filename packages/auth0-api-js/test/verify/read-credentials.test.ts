import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidRequestError, VerifyAccessTokenError } from '@auth0/auth0-api-js';
import type { DpopPolicyMode } from '../../src/binding/binding-policy.js';
import { readCredentials, readScheme } from '../../src/verify/read-credentials.js';

const modes: readonly DpopPolicyMode[] = ['off', 'disabled', 'allowed', 'required'];

/** Scheme and token, or nothing where the header is answered with a bare challenge. */
function readBoth(mode: DpopPolicyMode, lines: readonly string[]): string | undefined {
  try {
    const { scheme, token } = readCredentials(lines, mode);
    return `${scheme} ${token}`;
  } catch (error) {
    expect(error).toBeInstanceOf(VerifyAccessTokenError);
    expect(error).toMatchObject({ reason: 'credentials_missing', message: '', statusCode: 401 });
    return undefined;
  }
}

/** The token after the Bearer scheme, where DPoP is off. */
function read(...lines: readonly string[]): string | undefined {
  return readBoth('off', lines)?.slice('bearer '.length);
}

/** A word with each letter in either case. */
const inAnyCase = (word: string): fc.Arbitrary<string> =>
  fc
    .tuple(...Array.from(word, (letter) => fc.constantFrom(letter, letter.toUpperCase())))
    .map((letters) => letters.join(''));
const scheme = inAnyCase('bearer');
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
      ['Bearer a', 'DPoP a'],
      ['DPoP a', 'DPoP a'],
    ]) {
      const reading = (): unknown => readCredentials(lines, 'allowed');
      expect(reading).toThrow(InvalidRequestError);
      expect(reading).toThrow(expect.objectContaining({ reason: 'credentials_ambiguous', statusCode: 400 }));
    }
  });

  it.each([
    ['off', 'bearer', true],
    ['off', 'dpop', false],
    ['disabled', 'bearer', true],
    ['disabled', 'dpop', false],
    ['allowed', 'bearer', true],
    ['allowed', 'dpop', true],
    ['required', 'bearer', false],
    ['required', 'dpop', true],
  ] as const)('with DPoP %s, reads the scheme %s: %s', (mode, name, isSpoken) => {
    const reading = (): unknown => readCredentials([`${name.toUpperCase()}  abc`], mode);
    if (isSpoken) expect(reading()).toEqual({ scheme: name, token: 'abc' });
    else expect(reading).toThrow(VerifyAccessTokenError);
  });

  it('O2 is done with a million spaces in no time', () => {
    expect(read(`Bearer${' '.repeat(1_000_000)}`)).toBeUndefined();
    expect(read(`Bearer${' a'.repeat(500_000)}`)).toBeUndefined();
  });

  it('A3 A5 reads the token after the DPoP scheme in any case, where it is spoken', () => {
    fc.assert(
      fc.property(inAnyCase('dpop'), spaces, token, (name, space, text) => {
        const lines = [`${name}${space}${text}`];
        expect(readBoth('allowed', lines)).toBe(`dpop ${text}`);
        expect(readBoth('required', lines)).toBe(`dpop ${text}`);
        expect(readBoth('disabled', lines)).toBeUndefined();
        expect(readBoth('off', lines)).toBeUndefined();
      }),
    );
  });

  it.each(['DPoP', 'DPoP ', 'DPoP a b', 'DPoP\ta', 'DPoPa', 'DPoP a, Bearer b', ' DPoP a', 'constructor a'])(
    'A2 A4 A7 finds no token in %j, whatever is spoken',
    (line) => {
      expect(modes.map((mode) => readBoth(mode, [line]))).toEqual(modes.map(() => undefined));
    },
  );
});

describe('readCredentials, against a rule of one line', () => {
  it('A2 A3 A4 A5 A6 A7 A8 finds what the rule finds, in any mode', () => {
    const word = fc.constantFrom(
      'Bearer',
      'bearer',
      'BEARER',
      'DPoP',
      'dpop',
      'DPOP',
      'Basic',
      'Bearer:',
      'a.b.c',
      '',
    );
    const gap = fc.constantFrom(' ', '  ', '', '\t', '\n', '\u00a0', '\u2003', ',', ' \t', '\0');
    const anyLine = fc
      .tuple(fc.oneof({ weight: 4, arbitrary: fc.constant('') }, gap), word, gap, word, gap, word, gap)
      .map((parts) => parts.join(''));
    const counts = { found: 0, none: 0 };
    fc.assert(
      fc.property(anyLine, fc.constantFrom(...modes), (line, mode) => {
        const [, name = '', text] = /^(bearer|dpop) +([^ ]+)$/i.exec(line) ?? [];
        const isSpoken = {
          off: ['bearer'],
          disabled: ['bearer'],
          allowed: ['bearer', 'dpop'],
          required: ['dpop'],
        };
        const scheme = name.toLowerCase();
        const expected = isSpoken[mode].includes(scheme) ? `${scheme} ${text}` : undefined;
        counts[expected === undefined ? 'none' : 'found'] += 1;
        expect(readBoth(mode, [line])).toBe(expected);
      }),
      { numRuns: 5000, seed: 6750 },
    );
    expect(Math.min(counts.found, counts.none)).toBeGreaterThan(200);
  });
});

describe('readScheme', () => {
  it.each([
    ['DPoP a', 'dpop'],
    ['dpop', 'dpop'],
    ['DPOP  ', 'dpop'],
    ['DPoP a b', 'dpop'],
    ['DPoPa', 'bearer'],
    ['DPoP\ta', 'bearer'],
    [' DPoP a', 'bearer'],
    ['Bearer DPoP', 'bearer'],
    ['Basic a', 'bearer'],
    ['', 'bearer'],
  ])('tells whose challenge has the error of %j: %s', (line, expected) => {
    expect(readScheme([line])).toBe(expected);
  });

  it('goes by the first line', () => {
    expect(readScheme([])).toBe('bearer');
    expect(readScheme(['DPoP a', 'Bearer b'])).toBe('dpop');
    expect(readScheme(['Bearer b', 'DPoP a'])).toBe('bearer');
  });
});
