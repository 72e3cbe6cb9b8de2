import { findJsonProblem } from './find-json-problem.ts';

/** What an application knows of a user beyond the profile. */
export type Metadata = Readonly<Record<string, unknown>>;

/** Reads metadata as they are typed: a JSON object, or nothing at all. */
export function readMetadata(text: string): { readonly value: Metadata } | { readonly problem: string } {
  if (text.trim() === '') return { value: {} };
  const problem = findJsonProblem(text);
  if (problem !== undefined) return { problem };
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { value: value as Metadata }
    : { problem: 'A JSON object is expected, like { "plan": "gold" }.' };
}

/** Writes metadata so that they can be edited. */
export function writeMetadata(value: Metadata = {}): string {
  return JSON.stringify(value, null, 2);
}
