import { invalidOption } from './invalid-option.js';

/** Reads an option that is a function, or left out. */
export function readFunction<T>(value: T | undefined, name: string): T | undefined {
  if (value !== undefined && typeof value !== 'function')
    throw invalidOption(name, `"${name}" must be a function`);
  return value;
}
