import type { FieldErrors } from './form.tsx';

/** The errors that there are, of fields that each have been looked at. */
export function foundErrors(found: Readonly<Record<string, string | undefined>>): FieldErrors {
  return Object.fromEntries(
    Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
