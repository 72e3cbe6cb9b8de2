import type { JSONPrimitive } from '../authorize/claims-check.js';
import { createRefusal } from '../errors.js';
import type { JsonObject } from './read-json-object.js';
import { requireClaim } from './require-claim.js';

/** What one claim must say: one of these values, by strict equality. */
export interface ClaimRule {
  readonly name: string;
  readonly values: readonly JSONPrimitive[];
}

/** Checks single claims against the values that the application accepts for them. */
export function checkClaimRules(claims: JsonObject, rules: readonly ClaimRule[]): void {
  for (const { name, values } of rules) {
    const claim = requireClaim(claims, name);
    if (!values.some((value) => value === claim))
      throw createRefusal('claim_mismatch', `unexpected "${name}" claim value`);
  }
}
