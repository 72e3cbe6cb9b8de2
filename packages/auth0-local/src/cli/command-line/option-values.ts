import { CommandError } from './command-error.js';

/** Reads a list with commas, given once or several times: `--callbacks a,b --callbacks c`. */
export function readList(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...splitBy(value, ',')];
}

/** Reads a list of scopes, which cannot have white space in them: `--scopes "read:a read:b"` is one, too. */
export function readScopeList(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...splitBy(value, /[,\s]/)];
}

/** Reads pairs of names and values: `--params a=1,b=2`. */
export function readPairs(
  value: string,
  previous: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const pairs = splitBy(value, ',').map((pair): [string, string] => {
    const index = pair.indexOf('=');
    if (index < 1) throw new CommandError(`${JSON.stringify(pair)} is no pair. Write name=value`);
    return [pair.slice(0, index), pair.slice(index + 1)];
  });
  return { ...previous, ...Object.fromEntries(pairs) };
}

/** Reads how many items a list has at most. */
export function readNumber(value: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= 1000) return number;
  throw new CommandError('Number flag invalid, please pass a number between 1 and 1000');
}

/** Reads the number of a port. */
export function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new CommandError(`${JSON.stringify(value)} is no port. Give a number from 1 to 65535`);
}

/** Makes a reader of seconds. */
export function readSeconds(flag: string): (value: string) => number {
  return (value) => {
    if (/^\d{1,9}$/.test(value)) return Number(value);
    throw new CommandError(`${flag} is a number of seconds, not ${JSON.stringify(value)}`);
  };
}

/** Makes a reader of JSON objects. */
export function readJsonObject(flag: string): (value: string) => object {
  return (value) => {
    try {
      const object: unknown = JSON.parse(value);
      if (typeof object === 'object' && object !== null && !Array.isArray(object)) return object;
    } catch {
      // Answered below, like everything else that is no object.
    }
    throw new CommandError(`${flag} is a JSON object, like '{"client":{"policy":"deny_all"}}'`);
  };
}

function splitBy(value: string, separator: string | RegExp): string[] {
  return value
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
