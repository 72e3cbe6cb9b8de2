import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSearch } from '../../src/authorize/create-search.js';
import { hasWord } from '../../src/authorize/has-word.js';

/** The rule itself, as simply as it can be said. */
function holds(values: readonly unknown[], claim: unknown, match: 'any' | 'all'): boolean {
  const held: readonly unknown[] =
    typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  const isHeld = (value: unknown): boolean => held.some((one) => Object.is(one, value));
  return match === 'all' ? values.every(isHeld) : values.some(isHeld);
}

const words = ['', 'a', 'aa', 'ab', 'ba', 'a b', 'b', 'read', 'read:all', 'é', '𝒶', '__proto__', 'has', '1'];
const text = fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((list) => list.join(' '));
const value = fc.oneof(fc.constantFrom(...words), fc.constantFrom(1, 0, true, false, null), fc.string());
const claim = fc.oneof(
  text,
  fc.array(value, { maxLength: 40 }),
  fc.constantFrom(undefined, null, 7, true, {}, { length: 1, 0: 'a' }, ['a', ['b']], [{}]),
);

describe('createSearch', () => {
  it.each(['any', 'all'] as const)(
    'I1 I3 answers what the simple rule answers, for few and many, %s',
    (match) => {
      const few = fc.array(value, { minLength: 1, maxLength: 4 });
      const many = fc.array(fc.oneof(value, fc.integer()), { minLength: 15, maxLength: 40 });
      fc.assert(
        fc.property(fc.oneof(few, many), claim, (wanted, held) => {
          expect(createSearch(wanted, match)(held)).toBe(holds(wanted, held, match));
        }),
        { numRuns: 2000 },
      );
    },
  );

  it.each([1, 3, 4, 16, 17, 1000])('finds %i that are all held, and misses the one that is not', (count) => {
    const names = Array.from({ length: count }, (_, index) => `read:${index}`);
    const search = createSearch(names, 'all');
    const [, ...others] = names;
    for (const held of [names, names.toReversed(), ['x', ...names, 'y'], [...names, ...names]]) {
      expect(search(held)).toBe(true);
      expect(search(held.join(' '))).toBe(true);
    }
    for (const held of [others, others.map((name) => name.toUpperCase()), [...others, 'read:', 'xread:0']]) {
      expect(search(held)).toBe(false);
      expect(search(held.join(' '))).toBe(false);
    }
  });

  it.each([1, 3, 4, 16, 17, 1000])('finds the one of %i that is held', (count) => {
    const names = Array.from({ length: count }, (_, index) => `read:${index}`);
    const search = createSearch(names, 'any');
    for (const name of [names[0], names.at(-1)]) {
      expect(search(['x', name])).toBe(true);
      expect(search(`x ${name} y`)).toBe(true);
      expect(search(`x${name} ${name}y`)).toBe(false);
    }
  });

  it('wants a value that is named twice once', () => {
    const twice = Array.from({ length: 40 }, (_, index) => `read:${index % 20}`);
    expect(createSearch(twice, 'all')(twice.slice(0, 20))).toBe(true);
  });

  it('does not follow a list that changes afterwards', () => {
    for (const count of [1, 10, 20]) {
      const names = Array.from({ length: count }, (_, index) => `read:${index}`);
      const [any, all] = [createSearch(names, 'any'), createSearch(names, 'all')];
      names.fill('x');
      expect([any('x'), all('x')]).toEqual([false, false]);
    }
  });
});

describe('hasWord', () => {
  it('finds a word whole, wherever it stands', () => {
    const part = fc.constantFrom('', 'a', 'b', 'aa', 'aab', 'aaa', 'baa');
    fc.assert(
      fc.property(part, fc.array(part, { maxLength: 8 }), (word, parts) => {
        expect(hasWord(parts.join(' '), word)).toBe(parts.join(' ').split(' ').includes(word));
      }),
    );
  });

  it.each(['\t', '\n', '\u00a0', ',', '\0'])('takes %j for a part of a word', (character) => {
    expect(hasWord(`a${character}b`, 'a')).toBe(false);
  });
});
