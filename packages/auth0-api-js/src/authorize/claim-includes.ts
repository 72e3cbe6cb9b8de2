import { createRefusal } from '../errors.js';
import {
  isJsonPrimitive,
  type ClaimAuthOptions,
  type ClaimsCheck,
  type JSONPrimitive,
} from './claims-check.js';
import { createSearch } from './create-search.js';
import { readClaimName, readErrorMessage } from './read-claim-options.js';

/**
 * Prepares a check that a claim of the token's own holds all of the values. The claim is a list, or a string of words
 * with spaces between them; a part of a word does not count.
 *
 * @throws TypeError at once: the claim is no name, or a value none that JSON can hold, or there is none.
 */
export function createClaimIncludesCheck(
  claim: string,
  expected: readonly JSONPrimitive[],
  options: ClaimAuthOptions = {},
): ClaimsCheck {
  const name = readClaimName(claim);
  if (!Array.isArray(expected) || !expected.every(isJsonPrimitive)) {
    throw new TypeError("'expected' values must be strings, numbers, booleans or null");
  }
  if (expected.length === 0) throw new TypeError("'expected' must hold at least one value");
  const holdsAll = createSearch(expected, 'all');
  const errorMessage = readErrorMessage(options, 'claimIncludes') ?? `Unexpected '${name}' value`;

  return function checkClaimIncludes(claims) {
    if (claims === undefined) throw createRefusal('not_authenticated');
    if (!Object.hasOwn(claims, name)) throw createRefusal('claim_missing', `Missing '${name}' claim`);
    if (!holdsAll(claims[name])) throw createRefusal('claim_mismatch', errorMessage);
  };
}
