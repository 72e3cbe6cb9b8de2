import { deepest, findUnstorable } from '../../../../src/tenant/find-unstorable.ts';
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
  if (problem !== undefined) return { problem };
  const value = JSON.parse(text) as Metadata;
  // They are sent in a body.
  const found = findUnstorable(value, 1);
  return found === undefined ? { value } : { problem: problems[found] };
}

const problems = {
  depth: `At most ${deepest} levels.`,
  name: 'Leave out the name __proto__: it cannot be stored.',
  character: String.raw`Leave out \u0000 and halves of characters, \ud800 to \udfff: they cannot be stored.`,
} as const;

/** Writes metadata so that they can be edited. */
export function writeMetadata(value: Metadata = {}): string {
  return JSON.stringify(value, null, 2);
}
