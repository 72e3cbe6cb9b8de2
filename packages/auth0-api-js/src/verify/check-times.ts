import { createRefusal } from '../errors.js';
import type { JsonObject } from './read-json-object.js';
import type { TokenPolicy } from './token-policy.js';

/** How far ahead `iat` may lie, in seconds: FAPI 2.0 section 5.3 asks for tokens up to 10 s ahead to be taken. */
export const issuedAheadSeconds = 10;

/**
 * Checks the time claims (RFC 7519 sections 4.1.4 to 4.1.6): `exp` and `iat` are there, and now is between them.
 *
 * @param now - Seconds since the epoch.
 */
export function checkTimes(claims: JsonObject, policy: TokenPolicy, now: number): void {
  const { clockToleranceSeconds: tolerance, maxTokenAgeSeconds, maxTokenLifetimeSeconds } = policy;
  const expiry = readTime(claims, 'exp', 'expiry_invalid');
  if (expiry === undefined) throw createRefusal('expiry_missing');
  const issuedAt = readTime(claims, 'iat', 'issued_at_invalid');
  if (issuedAt === undefined) throw createRefusal('issued_at_missing');
  const notBefore = readTime(claims, 'nbf', 'not_before_invalid');

  if (issuedAt > now + Math.max(issuedAheadSeconds, tolerance)) throw createRefusal('issued_in_future');
  if (notBefore !== undefined && notBefore > now + tolerance) throw createRefusal('token_not_yet_valid');
  if (now >= expiry + tolerance) throw createRefusal('token_expired');
  if (maxTokenAgeSeconds !== undefined && now - issuedAt > maxTokenAgeSeconds + tolerance)
    throw createRefusal('token_too_old');
  if (maxTokenLifetimeSeconds !== undefined) {
    const lifetime = expiry - issuedAt;
    const isBackwards = lifetime < 0 || (notBefore !== undefined && notBefore > expiry);
    if (isBackwards || lifetime > maxTokenLifetimeSeconds) throw createRefusal('lifetime_not_accepted');
  }
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
