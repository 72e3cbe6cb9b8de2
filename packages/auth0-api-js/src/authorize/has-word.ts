const space = 0x20;

/**
 * Whether a text has a word between its spaces, whole and exact: what `text.split(' ').includes(word)` answers, without a
 * list. Each part of the text is looked at once.
 *
 * @param word - Without spaces.
 */
export function hasWord(text: string, word: string): boolean {
  for (let from = 0; ;) {
    const start = text.indexOf(word, from);
    if (start === -1) return false;
    const end = start + word.length;
    if (isEdge(text, start - 1) && isEdge(text, end)) return true;
    // A part of another word: the next one that it can be begins behind a space.
    const next = text.indexOf(' ', start);
    if (next === -1) return false;
    from = next + 1;
  }
}

function isEdge(text: string, index: number): boolean {
  return index === -1 || index === text.length || text.charCodeAt(index) === space;
}
