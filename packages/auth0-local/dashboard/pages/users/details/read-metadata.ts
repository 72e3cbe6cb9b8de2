import { findJsonProblem } from './find-json-problem.ts';

/** What an application knows of a user beyond the profile. */
export type Metadata = Readonly<Record<string, unknown>>;

/** Reads metadata as they are typed: a JSON object, or nothing at all. */
export function readMetadata(text: string): { readonly value: Metadata } | { readonly problem: string } {
  const typed = text.trim();
  if (typed === '') return { value: {} };
  // Whoever begins otherwise means no object, or does not know of it.
  if (!typed.startsWith('{')) return { problem: 'A JSON object is expected, like { "plan": "gold" }.' };
  const problem = findJsonProblem(text);
  return problem === undefined ? { value: JSON.parse(text) as Metadata } : { problem };
}

/** Writes metadata so that they can be edited. */
export function writeMetadata(value: Metadata = {}): string {
  return JSON.stringify(value, null, 2);
}
