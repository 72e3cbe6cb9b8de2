/** A challenge as a client reads it (RFC 9110 section 11.6.1). */
export interface ParsedChallenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const quotedString = /"((?:[\t \x21\x23-\x5B\x5D-\x7E\x80-\xFF]|\\[\t \x21-\x7E\x80-\xFF])*)"/y;
const comma = / *, */y;

/**
 * Reads one challenge: a scheme, and after it parameters with commas between them. It throws for whatever the grammar
 * does not allow, and for a parameter that is there twice.
 */
export function parseChallenge(text: string): ParsedChallenge {
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (!match) throw new SyntaxError(`not a challenge after ${position} characters: ${text}`);
    position = pattern.lastIndex;
    return match;
  };

  const scheme = take(token)[0];
  const parameters: Record<string, string> = {};
  for (let isFirst = true; position < text.length; isFirst = false) {
    take(isFirst ? / +/y : comma);
    const name = take(token)[0].toLowerCase();
    take(/=/y);
    const value = text[position] === '"' ? (take(quotedString)[1] ?? '') : take(token)[0];
    if (Object.hasOwn(parameters, name)) throw new SyntaxError(`${name} is there twice: ${text}`);
    parameters[name] = value.replaceAll(/\\(.)/g, '$1');
  }
  return { scheme, parameters };
}
