/** In characters. Longer texts are cut: a token may be 16,384 long. */
const longestText = 300;

/** Characters that do something to a terminal or a page instead of standing there. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value of a token in few words: plain words as they are, everything else as JSON. */
export function showValue(value: unknown): string {
  if (typeof value === 'string' && isPlain(value)) return value;
  // JSON has no word for infinity, which 1e400 is read as.
  return typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
}

/** A text that is short, on one line, and does nothing but stand there. */
export function showText(text: string): string {
  const characters = Array.from(text.replaceAll(unprintable, escape));
  return characters.length <= longestText
    ? characters.join('')
    : `${characters.slice(0, longestText - 1).join('')}…`;
}

/** Whether nobody can take a text for anything else: a number, a list, or a text that ends in a space. */
function isPlain(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

function escape(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
