import { wallSeconds } from '../clock.js';
import { createRefusal } from '../errors.js';
import { memberOf, type JsonObject } from './read-json-object.js';

/** What the claims of a token must say. */
export interface ClaimsPolicy {
  readonly audience: string;
  /** How far the issuer's clock and ours may be apart, in seconds. */
  readonly clockToleranceSeconds: number;
  /** Claims that must be there, whatever their value. */
  readonly requiredClaims: readonly string[];
  /** The clock to judge by, in milliseconds since 1970; the system's by default. */
  readonly now?: (() => number) | undefined;
}

/** How far ahead `iat` may lie, in seconds: FAPI 2.0 section 5.3 asks for tokens up to 10 s ahead to be taken. */
export const issuedAheadSeconds = 10;

/** Claims that ID tokens have and access tokens do not (OpenID Connect Core sections 2 and 3.3.2.11). */
const idTokenClaims = ['nonce', 'at_hash', 'c_hash'] as const;

/**
 * Checks the registered claims (RFC 7519 section 4.1) of a token whose signature is good; `iss` has chosen the key and
 * is checked by then. The audience comes first, time last.
 */
export function checkClaims(claims: JsonObject, policy: ClaimsPolicy): void {
  const { audience, clockToleranceSeconds: tolerance, requiredClaims } = policy;
  checkAudience(claims, audience);
  for (const name of requiredClaims) {
    if (!Object.hasOwn(claims, name))
      throw createRefusal('claim_missing', `missing required "${name}" claim`);
  }
  const now = wallSeconds(policy.now);
  const expiry = readTime(claims, 'exp', 'expiry_invalid');
  if (expiry === undefined) throw createRefusal('expiry_missing');
  const issuedAt = readTime(claims, 'iat', 'issued_at_invalid');
  if (issuedAt === undefined) throw createRefusal('issued_at_missing');
  const notBefore = readTime(claims, 'nbf', 'not_before_invalid');

  if (issuedAt > now + Math.max(issuedAheadSeconds, tolerance)) throw createRefusal('issued_in_future');
  if (notBefore !== undefined && notBefore > now + tolerance) throw createRefusal('token_not_yet_valid');
  if (now >= expiry + tolerance) throw createRefusal('token_expired');
}

/** `aud` is one string or a list of strings, and one of them is exactly ours (RFC 7519 section 4.1.3). */
function checkAudience(claims: JsonObject, audience: string): void {
  const claim = memberOf(claims, 'aud');
  if (claim === undefined) throw createRefusal('audience_missing');
  const audiences: unknown[] = Array.isArray(claim) ? claim : [claim];
  const areStrings = audiences.every((item) => typeof item === 'string');
  if (areStrings && audiences.includes(audience)) return;
  throw createRefusal(
    idTokenClaims.some((name) => Object.hasOwn(claims, name)) ? 'id_token' : 'audience_mismatch',
  );
}

/** A NumericDate (RFC 7519 section 2) that a clock can reach. */
function readTime(
  claims: JsonObject,
  name: 'exp' | 'iat' | 'nbf',
  invalid: 'expiry_invalid' | 'issued_at_invalid' | 'not_before_invalid',
): number | undefined {
  if (!Object.hasOwn(claims, name)) return undefined;
  const time = claims[name];
  if (typeof time !== 'number' || Math.abs(time) > Number.MAX_SAFE_INTEGER) throw createRefusal(invalid);
  return time;
}
