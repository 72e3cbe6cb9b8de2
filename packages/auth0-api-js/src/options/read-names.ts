import { invalidOption } from './invalid-option.js';

/** Reads a list of names. */
export function readNames(names: unknown, option: string): readonly string[] {
  if (Array.isArray(names) && names.every((name) => typeof name === 'string' && name !== ''))
    return [...(names as string[])];
  throw invalidOption(option, `"${option}" must be an array of names`);
}
