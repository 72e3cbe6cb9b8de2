/** A token as somebody has pasted it, and what was around it. */
export interface PastedToken {
  readonly token: string;
  /** What was left out, in words. */
  readonly leftOut: readonly string[];
}

/** Of a shell, an .env file or code, before a token and nothing else: what is opaque may hold a `=`, too. */
const assignment =
  /^(?:(?:export|set|const|let|var)\s+|\$(?:env:)?)?[a-z_]\w*\s*=\s*(?=["'`]?(?:bearer\s+)?[\w-]+\.)/i;

/** What people copy with a token, from the outside to the inside, and how each is taken away. */
const surroundings: readonly (readonly [name: string, leaveOut: (text: string) => string])[] = [
  ['white space around it', (text) => text.trim()],
  ['quotes around it', unquote],
  ['the name of the variable', (text) => text.replace(assignment, '')],
  ['the answer around it', takeFromAnswer],
  ['the request around its header', takeHeader],
  ['the name of the header', (text) => text.replace(/^authorization["'`]?\s*:\s*/i, '')],
  ['quotes around it', unquote],
  ['the scheme Bearer', (text) => text.replace(/^bearer\s+/i, '')],
  ['quotes around it', unquote],
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

/**
 * Reads what was pasted as a token: also a whole `Authorization` line or the command with it, a variable that
 * holds it, an answer of the token endpoint, and what a terminal has broken into lines.
 */
export function readPastedToken(text: string): PastedToken {
  return surroundings.reduce<PastedToken>(
    ({ token, leftOut }, [name, leaveOut]) => {
      const rest = leaveOut(token);
      if (rest === token) return { token, leftOut };
      return { token: rest, leftOut: leftOut.includes(name) ? leftOut : [...leftOut, name] };
    },
    { token: text, leftOut: [] },
  );
}

/** Of code the comma behind the quotes is copied as well. */
function unquote(text: string): string {
  const [, quote = '', inner = ''] = /^(["'`])([^]*)\1[,;]?$/.exec(text) ?? [];
  return quote === '' || inner.includes(quote) ? text : inner.trim();
}

/** What the token endpoint has answered, or the lines of it that were copied. */
function takeFromAnswer(text: string): string {
  return /["']access_token["']\s*:\s*["']([^"']*)/.exec(text)?.[1]?.trim() ?? text;
}

/** The header of a whole request: of a command, of code, or as it is sent. */
function takeHeader(text: string): string {
  const match = /(["'`]?)(?<![\w-])(authorization(["'`]?)\s*:\s*)(["'`]?)/i.exec(text);
  if (match === null) return text;
  const [whole, before = '', name = '', after = '', opening = ''] = match;
  const rest = text.slice(match.index + whole.length);
  // Around the value, as in code, or around the name and the value, as in a shell.
  const quote = opening === '' && after === '' ? before : opening;
  const end = quote === '' ? rest.search(/\r?\n(?:[\w-]+[ \t]*:|\r?\n)/) : rest.indexOf(quote);
  return name + (end === -1 ? rest : rest.slice(0, end));
}
