import type { Claims } from '../verify/access-token.js';

/**
 * A decision about verified claims, prepared once. It returns if they do.
 *
 * @param claims - None if nobody has verified a token: then it never passes.
 * @throws AuthError: they do not.
 */
export type ClaimsCheck = (claims: Claims | undefined) => void;

/** The values a JSON member can have that are no object and no list. */
export type JSONPrimitive = string | number | boolean | null;

/** How a claim check answers. */
export interface ClaimAuthOptions {
  /** What the caller reads instead of the standard text when the claim has the wrong value. */
  errorMessage?: string;
}

/** Tells whether a value is a string, a finite number, a boolean or null: what strict equality can match in JSON. */
export function isJsonPrimitive(value: unknown): value is JSONPrimitive {
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}
