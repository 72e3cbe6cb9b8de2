import { invalidOption } from './invalid-option.js';

/**
 * Reads an option that is a function, or left out.
 *
 * @param group - What the option is a part of, for the message.
 */
export function readFunction<T>(value: T | undefined, name: string, group: string = name): T | undefined {
  if (value !== undefined && typeof value !== 'function')
    throw invalidOption(group, `"${name}" must be a function`);
  return value;
}
