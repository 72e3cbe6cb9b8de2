import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSearch } from '../../src/management/read-search.js';

const find = (query: string, document: object): boolean => readSearch(query, ['name'])(document);

describe('readSearch', () => {
  it.each([
    ['a*c', 'abc', true],
    ['a*c', 'ac', true],
    ['a*c', 'abcd', false],
    ['*b*', 'abc', true],
    ['a*b*c', 'aXbYc', true],
    ['a*b*b', 'ab', false],
    ['ab*ba', 'aba', false],
    ['*', '', true],
    ['a**c', 'abc', true],
    ['*a*a*', 'a', false],
    ['A*C', 'aXc', true],
  ])('takes %s for a pattern: of "%s" it is %s', (pattern, text, expected) => {
    expect(find(`name:${pattern}`, { name: text })).toBe(expected);
  });

  it('finds any text by itself in quotes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        const quoted = `name:"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
        expect(find(quoted, { name: text })).toBe(true);
        expect(find(quoted, { name: `${text}${other}!` })).toBe(false);
      }),
    );
  });

  it('finds any word in whatever has it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9@.]{1,8}$/), fc.string(), fc.string(), (word, before, after) => {
        fc.pre(!['and', 'or', 'not'].includes(word));
        expect(find(word, { name: `${before}${word}${after}` })).toBe(true);
      }),
    );
  });

  it('either reads a query or refuses it as one', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        try {
          find(query, { name: 'x', deep: [{ a: 1 }, null] });
        } catch (error) {
          expect(error).toMatchObject({ errorCode: 'invalid_query_string' });
        }
      }),
    );
  });

  // With backtracking, this would go on for longer than any test may.
  it('comes to an end, whatever the pattern', () => {
    expect(find(`name:${'*a'.repeat(8000)}b`, { name: 'a'.repeat(100_000) })).toBe(false);
    for (const quotes of [15_999, 16_000])
      expect(() => find('"'.repeat(quotes), {})).toThrow('The query has');
  });

  it('looks into lists, and not at what every object has', () => {
    const document = { list: [{ id: 1 }, { id: 2, more: ['x', null] }] };
    expect(find('list.id:2', document)).toBe(true);
    expect(find('list.id:3', document)).toBe(false);
    expect(find('list.more:x', document)).toBe(true);
    for (const query of ['_exists_:toString', 'constructor.name:Object', '__proto__.x:*', 'list.length:2']) {
      expect(find(query, document)).toBe(false);
    }
  });
});
