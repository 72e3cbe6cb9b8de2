import { createRefusal } from '../errors.js';
import type { VerificationKey } from '../keys/import-key.js';
import { isSignedBy, type SignedBytes } from './is-signed-by.js';

/** More keys than this are not tried for one signature, whatever the key set holds. */
const mostAttempts = 4;

/**
 * Checks the signature with the keys that may have made it (RFC 7515 section 5.2).
 *
 * @param alg - The algorithm of the header, already on the allow-list.
 * @returns The key that made it.
 */
export function checkSignature(
  jws: SignedBytes,
  alg: string,
  keys: readonly VerificationKey[],
): VerificationKey {
  const fitting = keys.filter(({ algorithms: fits }) => fits.has(alg));
  if (fitting.length === 0) throw createRefusal('unknown_key');
  const key = fitting.slice(0, mostAttempts).find((candidate) => isSignedBy(candidate, jws, alg));
  if (key === undefined) throw createRefusal('signature_invalid');
  return key;
}
