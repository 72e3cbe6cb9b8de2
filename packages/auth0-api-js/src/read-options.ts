import { InvalidConfigurationError } from './errors.js';

/**
 * Copies the options a caller gave, refusing names that are not options. Only the object's own members count, so
 * nothing that somebody put on `Object.prototype` becomes an option.
 *
 * @param where - What the options belong to, for the message.
 * @param hints - What to say of a name that is no option and yet expected, by that name.
 * @throws InvalidConfigurationError: not a plain object, or an unknown name; the message has the right one.
 */
export function readOptions<T extends object>(
  given: T,
  names: readonly (keyof T & string)[],
  where: string,
  hints?: ReadonlyMap<string, string>,
): Partial<T> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new InvalidConfigurationError(`${where}: the options must be an object`);
  }
  if (!isPlainObject(given)) {
    const what = 'the options must be a plain object. What an instance of a class inherits is not read';
    throw new InvalidConfigurationError(`${where}: ${what}`);
  }
  for (const name of Object.keys(given)) {
    if (!names.some((known) => known === name)) throw unknownOption(name, names, where, hints);
  }
  return Object.assign(Object.create(null), given);
}

/**
 * Tells whether a value is an object as `{}` makes them, in this or another realm, or one without a prototype. A `Map`, or
 * an instance with getters, has its members elsewhere.
 */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function unknownOption(
  name: string,
  names: readonly string[],
  where: string,
  hints: ReadonlyMap<string, string> | undefined,
): InvalidConfigurationError {
  const nearest = names
    .map((known) => ({ known, distance: editDistance(name.toLowerCase(), known.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const isClose = nearest !== undefined && nearest.distance <= Math.max(2, name.length / 3);
  const hint = hints?.get(name);
  const cure =
    hint ?? (isClose ? `Did you mean '${nearest.known}'?` : `The options are ${names.join(', ')}.`);
  return new InvalidConfigurationError(`${where}: unknown option '${name}'. ${cure}`);
}

/** Single-letter insertions, deletions and replacements that turn one word into the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
