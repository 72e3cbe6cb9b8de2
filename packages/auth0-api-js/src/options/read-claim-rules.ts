import { isJsonPrimitive } from '../authorize/claims-check.js';
import type { ClaimRule } from '../verify/check-claim-rules.js';
import { isPlainObject } from '../read-options.js';
import { invalidOption } from './invalid-option.js';

/**
 * Reads what single claims must say.
 *
 * @param group - What they are a part of, for the message.
 */
export function readClaimRules(claims: unknown, group = 'claims'): readonly ClaimRule[] {
  if (!isPlainObject(claims))
    throw invalidOption(
      group,
      '"claims" must be a plain object: a name and its value, or values, for each claim',
    );
  return Object.entries(claims).map(([name, value]: [string, unknown]) => {
    const values = Array.isArray(value) ? value : [value];
    if (values.length > 0 && values.every(isJsonPrimitive)) return { name, values: [...values] };
    const what = `"${name}" must be a string, number, boolean or null, or a list of them. Decide anything else in validate()`;
    throw invalidOption(group, what);
  });
}

/**
 * Checks that a token can meet what an issuer asks of its claims beyond what the client asks.
 *
 * @throws InvalidConfigurationError: a claim must have a value of two lists that have none in common.
 */
export function checkAgreement(base: readonly ClaimRule[], own: readonly ClaimRule[], group: string): void {
  const isApart = (rule: ClaimRule): boolean =>
    base.some(
      ({ name, values }) => name === rule.name && !values.some((value) => rule.values.includes(value)),
    );
  const apart = own.find(isApart);
  if (apart === undefined) return;
  const what = `"claims.${apart.name}" here and "claims.${apart.name}" for all issuers contradict each other: both are asked for, and they have no value in common`;
  throw invalidOption(group, what);
}
