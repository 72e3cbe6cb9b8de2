/** A token as somebody has pasted it, and what was around it. */
export interface PastedToken {
  readonly token: string;
  /** What was left out, in words. */
  readonly leftOut: readonly string[];
}

/** What people copy with a token, in the order in which it stands there, and how each is taken away. */
const surroundings: readonly (readonly [name: string, leaveOut: (text: string) => string])[] = [
  ['white space around it', (text) => text.trim()],
  ['the name of the header', (text) => text.replace(/^authorization\s*:\s*/i, '')],
  ['the scheme Bearer', (text) => text.replace(/^bearer\s+/i, '')],
  // A terminal breaks long lines, and some programs indent what follows.
  [
    'line breaks in it',
    (text) =>
      text
        .split(/[\r\n]/)
        .map((line) => line.trim())
        .join(''),
  ],
];

/** Reads what was pasted as a token: also a whole `Authorization` line, and what a terminal has broken into lines. */
export function readPastedToken(text: string): PastedToken {
  return surroundings.reduce<PastedToken>(
    ({ token, leftOut }, [name, leaveOut]) => {
      const rest = leaveOut(token);
      return rest === token ? { token, leftOut } : { token: rest, leftOut: [...leftOut, name] };
    },
    { token: text, leftOut: [] },
  );
}
