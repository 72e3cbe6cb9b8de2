import { createRefusal } from '../errors.js';
import type { JsonObject } from './read-json-object.js';

/** Checks that a token has a claim of its own, and gives its value. */
export function requireClaim(claims: JsonObject, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  throw createRefusal('claim_missing', `missing required "${name}" claim`);
}
