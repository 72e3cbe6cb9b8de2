import { isJsonPrimitive } from '../authorize/claims-check.js';
import type { ClaimRule } from '../verify/check-claim-rules.js';
import { invalidOption } from './invalid-option.js';

/** Reads what single claims must say. */
export function readClaimRules(claims: unknown): readonly ClaimRule[] {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims))
    throw invalidOption(
      'claims',
      '"claims" must be an object: a name and its value, or values, for each claim',
    );
  return Object.entries(claims).map(([name, value]: [string, unknown]) => {
    const values = Array.isArray(value) ? value : [value];
    if (values.length > 0 && values.every(isJsonPrimitive)) return { name, values: [...values] };
    const what = `"${name}" must be a string, number, boolean or null, or a list of them. Decide anything else in validate()`;
    throw invalidOption('claims', what);
  });
}
