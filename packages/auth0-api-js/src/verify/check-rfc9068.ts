import { createRefusal } from '../errors.js';
import type { JsonObject } from './read-json-object.js';
import { requireClaim } from './require-claim.js';

/** The claims that RFC 9068 section 2.2 requires beyond those that every access token here must have. */
export const rfc9068Claims = ['sub', 'client_id', 'jti'] as const;

/** Checks that claims are those of a JWT access token (RFC 9068 section 2.2). Its type was checked with the header. */
export function checkRfc9068(claims: JsonObject): void {
  for (const name of rfc9068Claims) {
    const value = requireClaim(claims, name);
    if (typeof value !== 'string' || value === '')
      throw createRefusal('claim_invalid', `"${name}" claim must be a string`);
  }
}
