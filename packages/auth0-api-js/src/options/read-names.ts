import { invalidOption } from './invalid-option.js';

/**
 * Reads a list of names.
 *
 * @param group - What the option is a part of, for the message.
 */
export function readNames(names: unknown, option: string, group: string = option): readonly string[] {
  if (Array.isArray(names) && names.every((name) => typeof name === 'string' && name !== ''))
    return [...(names as string[])];
  throw invalidOption(group, `"${option}" must be an array of names`);
}
