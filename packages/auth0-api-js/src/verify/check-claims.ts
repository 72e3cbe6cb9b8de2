import { wallSeconds } from '../clock.js';
import { createRefusal } from '../errors.js';
import { checkClaimRules } from './check-claim-rules.js';
import { checkRfc9068 } from './check-rfc9068.js';
import { checkTimes } from './check-times.js';
import { memberOf, type JsonObject } from './read-json-object.js';
import { requireClaim } from './require-claim.js';
import type { TokenPolicy } from './token-policy.js';

/** Claims that ID tokens have and access tokens do not (OpenID Connect Core sections 2 and 3.3.2.11). */
const idTokenClaims = ['nonce', 'at_hash', 'c_hash'] as const;

/** What one call asks for beyond, or instead of, what the policy says. */
export interface ClaimDemands {
  readonly requiredClaims?: readonly string[] | undefined;
  readonly now?: (() => number) | undefined;
}

/**
 * Checks the claims of a token whose signature is good (RFC 7519 section 4.1); `iss` has chosen the key and is checked by
 * then. The audience comes first, time last.
 */
export function checkClaims(claims: JsonObject, policy: TokenPolicy, demands: ClaimDemands = {}): void {
  checkAudience(claims, policy.audiences);
  checkPresence(claims, policy.requiredClaims);
  if (demands.requiredClaims !== undefined) checkPresence(claims, demands.requiredClaims);
  if (policy.isRfc9068) checkRfc9068(claims);
  checkClaimRules(claims, policy.claimRules);
  checkTimes(claims, policy, wallSeconds(demands.now ?? policy.now));
}

/** `aud` is one string or a list of strings, and one of them is exactly one of ours (RFC 7519 section 4.1.3). */
function checkAudience(claims: JsonObject, accepted: readonly string[]): void {
  const claim = memberOf(claims, 'aud');
  if (claim === undefined) throw createRefusal('audience_missing');
  if (isOneOf(accepted, claim)) return;
  throw createRefusal(
    idTokenClaims.some((name) => Object.hasOwn(claims, name)) ? 'id_token' : 'audience_mismatch',
  );
}

function isOneOf(accepted: readonly string[], claim: unknown): boolean {
  if (typeof claim === 'string') return accepted.includes(claim);
  if (!Array.isArray(claim) || !claim.every((item) => typeof item === 'string')) return false;
  return accepted.some((audience) => claim.includes(audience));
}

function checkPresence(claims: JsonObject, names: readonly string[]): void {
  for (const name of names) requireClaim(claims, name);
}
