/** Anything from the space on stands for itself, but the quote and the backslash. */
const string = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;
const space = /[ \t\r\n]*/y;

/** Where a text stops being JSON, and what should be there: browsers do not agree on how to say it. */
export function findJsonProblem(text: string): string | undefined {
  let at = 0;
  let end = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    at += found?.[0].length ?? 0;
    return found !== null;
  };
  const take = (pattern: RegExp): boolean => {
    if (!skip(pattern)) return false;
    end = at;
    skip(space);
    return true;
  };
  const expect = (what: string, place = at): string =>
    `Line ${text.slice(0, place).split('\n').length}: expected ${what}.`;
  const readItems = (
    closing: RegExp,
    sign: string,
    readItem: () => string | undefined,
  ): string | undefined => {
    if (take(closing)) return undefined;
    for (;;) {
      const problem = readItem();
      if (problem !== undefined) return problem;
      if (take(closing)) return undefined;
      // It is missing behind what is there, and not before what follows.
      if (!take(/,/y)) return expect(`a comma or ${sign}`, end);
    }
  };
  const readMember = (): string | undefined => {
    if (!take(string)) return expect('a name in double quotes');
    return take(/:/y) ? readValue() : expect('a colon', end);
  };
  const readValue = (): string | undefined => {
    if (take(/\{/y)) return readItems(/\}/y, '}', readMember);
    if (take(/\[/y)) return readItems(/\]/y, ']', readValue);
    return take(string) || take(literal) ? undefined : expect('a value, text in double quotes');
  };
  skip(space);
  return readValue() ?? (at < text.length ? expect('nothing more') : undefined);
}
