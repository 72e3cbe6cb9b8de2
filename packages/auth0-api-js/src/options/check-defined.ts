import { invalidOption } from './invalid-option.js';

/**
 * Refuses options that are there and undefined, as a misspelt variable or a bad import leaves them: what they ask for would
 * be off, and nobody would know.
 *
 * @param names - The options that may be left out, but not be undefined.
 * @param where - What they belong to, for the message; each option itself by default.
 */
export function checkDefined(options: object, names: readonly string[], where?: string): void {
  for (const name of names) {
    if (!Object.hasOwn(options, name) || Reflect.get(options, name) !== undefined) continue;
    throw invalidOption(where ?? name, `"${name}" is undefined. Leave it out, or give it a value`);
  }
}
