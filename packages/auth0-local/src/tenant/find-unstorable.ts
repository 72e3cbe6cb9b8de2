/** SQLite reads JSON of a thousand levels, and nobody means more than a few. */
export const deepest = 100;

/** What keeps a value of JSON from being stored as it is: its depth, a name, or a character in one of its texts. */
export type Unstorable = 'depth' | 'name' | 'character';

/**
 * Finds what could not be stored as it is.
 *
 * @param depth - How many objects and arrays it is in.
 */
export function findUnstorable(value: unknown, depth = 0): Unstorable | undefined {
  if (depth > deepest) return 'depth';
  if (typeof value === 'string') return isStorable(value) ? undefined : 'character';
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    // It would become the prototype of whatever it is copied to.
    if (name === '__proto__') return 'name';
    const found = isStorable(name) ? findUnstorable(member, depth + 1) : 'character';
    if (found !== undefined) return found;
  }
  return undefined;
}

/** SQLite ends a text at U+0000, and half a surrogate pair has no form in UTF-8: either could look like another text. */
function isStorable(text: string): boolean {
  return !/\0|\p{Cs}/u.test(text);
}
