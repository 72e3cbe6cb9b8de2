import { createRefusal } from '../errors.js';
import {
  isJsonPrimitive,
  type ClaimAuthOptions,
  type ClaimsCheck,
  type JSONPrimitive,
} from './claims-check.js';
import { readClaimName, readErrorMessage } from './read-claim-options.js';

/**
 * Prepares a check that a claim of the token's own equals a value, strictly: `1` is not `true`.
 *
 * @throws TypeError at once: the claim is no name, or the value none that JSON can hold.
 */
export function createClaimEqualsCheck(
  claim: string,
  value: JSONPrimitive,
  options: ClaimAuthOptions = {},
): ClaimsCheck {
  const name = readClaimName(claim);
  if (!isJsonPrimitive(value)) throw new TypeError("'value' must be a string, number, boolean or null");
  const errorMessage = readErrorMessage(options, 'claimEquals') ?? `Unexpected '${name}' value`;

  return function checkClaimEquals(claims) {
    if (claims === undefined) throw createRefusal('not_authenticated');
    if (!Object.hasOwn(claims, name)) throw createRefusal('claim_missing', `Missing '${name}' claim`);
    if (claims[name] !== value) throw createRefusal('claim_mismatch', errorMessage);
  };
}
