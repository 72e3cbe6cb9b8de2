import { invalidOption } from './invalid-option.js';

/** Reads the identifiers of this API: a text, or a list of them. */
export function readAudiences(audience: unknown, group = 'audience'): readonly string[] {
  const audiences: readonly unknown[] = Array.isArray(audience) ? audience : [audience];
  if (audiences.length === 0) throw invalidOption(group, '"audience" must not be empty');
  for (const item of audiences) {
    if (typeof item !== 'string' || item === '')
      throw invalidOption(group, '"audience" must be a string, or a list of strings');
    if (item !== item.trim()) throw invalidOption(group, '"audience" begins or ends with white space');
  }
  return [...audiences] as string[];
}
