/** A token as somebody has pasted it, and what was around it. */
export interface PastedToken {
  readonly token: string;
  /** What was left out, in words. */
  readonly leftOut: readonly string[];
}

/** What people copy with a token, in the order in which it stands there. */
const surroundings: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\s+|\s+$/g, 'white space around it'],
  [/^authorization\s*:\s*/i, 'the name of the header'],
  [/^bearer\s+/i, 'the scheme Bearer'],
  // A terminal breaks long lines, and some programs indent what follows.
  [/[ \t]*[\r\n]\s*/g, 'line breaks in it'],
];

/** Reads what was pasted as a token: also a whole `Authorization` line, and what a terminal has broken into lines. */
export function readPastedToken(text: string): PastedToken {
  return surroundings.reduce<PastedToken>(
    ({ token, leftOut }, [pattern, name]) => {
      const rest = token.replace(pattern, '');
      return rest === token ? { token, leftOut } : { token: rest, leftOut: [...leftOut, name] };
    },
    { token: text, leftOut: [] },
  );
}
