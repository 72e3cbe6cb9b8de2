import { createRefusal } from '../errors.js';
import type { VerificationKey } from '../keys/import-key.js';
import { isSignedBy, type SignedParts } from './is-signed-by.js';

/** More keys than this are not tried for one signature, whatever the key set holds. */
const mostAttempts = 4;

/**
 * Checks the signature with the keys that may have made it (RFC 7515 section 5.2).
 *
 * @param alg - The algorithm of the header, already on the allow-list.
 * @returns The key that made it.
 */
export function checkSignature(
  jws: SignedParts,
  alg: string,
  keys: readonly VerificationKey[],
): VerificationKey {
  let attempts = 0;
  for (const key of keys) {
    if (!key.algorithms.has(alg)) continue;
    if (isSignedBy(key, jws, alg)) return key;
    attempts += 1;
    if (attempts === mostAttempts) break;
  }
  throw createRefusal(attempts === 0 ? 'unknown_key' : 'signature_invalid');
}
