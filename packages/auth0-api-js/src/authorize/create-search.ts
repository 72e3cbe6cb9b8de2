import type { JSONPrimitive } from './claims-check.js';
import { hasWord } from './has-word.js';
import { readWords } from './read-words.js';

/** Whether a claim, a list or a string of words, holds what is wanted. */
export type Search = (claim: unknown) => boolean;

/** So few are looked for in the text itself. To take the text apart costs more than that; with more of them, it pays. */
const mostInText = 3;

/** So few are looked for one by one. With more of them a set pays, and keeps the cost from growing with both sides. */
const mostOneByOne = 16;

/**
 * Prepares to look for values in a claim: strictly, each value whole. What that costs grows with the values that are wanted
 * and with those that are held, never with one times the other.
 *
 * @param match - `any`: one of them will do. `all`: every one.
 */
export function createSearch(values: readonly JSONPrimitive[], match: 'any' | 'all'): Search {
  const wanted = [...new Set(values)];
  return match === 'all' ? createSearchForAll(wanted) : createSearchForAny(wanted);
}

function createSearchForAny(wanted: readonly JSONPrimitive[]): Search {
  const set = new Set<unknown>(wanted);
  return (claim) => {
    if (typeof claim === 'string' && wanted.length <= mostInText)
      return wanted.some((value) => isInText(value, claim));
    const held = readWords(claim);
    if (wanted.length <= mostOneByOne) return wanted.some((value) => held.includes(value));
    return held.some((value) => set.has(value));
  };
}

function createSearchForAll(wanted: readonly JSONPrimitive[]): Search {
  return (claim) => {
    if (typeof claim === 'string' && wanted.length <= mostInText)
      return wanted.every((value) => isInText(value, claim));
    const held = readWords(claim);
    if (wanted.length <= mostOneByOne) return wanted.every((value) => held.includes(value));
    const set = new Set(held);
    return wanted.every((value) => set.has(value));
  };
}

/** A text holds no value of another type, and no word of it has a space. */
function isInText(value: JSONPrimitive, text: string): boolean {
  return typeof value === 'string' && !value.includes(' ') && hasWord(text, value);
}
