import { describe, expect, it } from 'vitest';
import { isSameText } from '../../src/binding/is-same-text.js';

describe('isSameText', () => {
  it.each(['', 'a', 'é\u{1f511}', 'a'.repeat(10_000)])('tells that a text is itself (%#)', (text) => {
    expect(isSameText(text, text)).toBe(true);
  });

  it.each([
    ['', 'a'],
    ['a', ''],
    ['a', 'A'],
    ['a', 'a '],
    ['ab', 'ba'],
    ['a\u0000', 'a'],
    // As many characters, and not as many bytes; and the other way round.
    ['a', 'é'],
    ['é', 'ab'],
    // One letter in two normal forms.
    ['é', 'e\u0301'],
  ])('tells %j and %j apart', (one, other) => {
    expect(isSameText(one, other)).toBe(false);
    expect(isSameText(other, one)).toBe(false);
  });

  it('looks at every character', () => {
    const text = 'abcdefghijklmnopqrstuvwxyz';
    for (let at = 0; at < text.length; at++)
      expect(isSameText(text, `${text.slice(0, at)}-${text.slice(at + 1)}`)).toBe(false);
  });
});
