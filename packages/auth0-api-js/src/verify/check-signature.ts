import { verify } from 'node:crypto';
import { createRefusal } from '../errors.js';
import type { VerificationKey } from '../keys/import-key.js';
import { algorithms, type Algorithm } from './algorithms.js';
import type { Jws } from './read-jws.js';

/** More keys than this are not tried for one signature, whatever the key set holds. */
const mostAttempts = 4;

/**
 * Checks the signature with the keys that may have made it (RFC 7515 section 5.2).
 *
 * @param alg - The algorithm of the header, already on the allow-list; the keys fit it.
 * @returns The key that made it.
 */
export function checkSignature(jws: Jws, alg: string, keys: readonly VerificationKey[]): VerificationKey {
  const algorithm = algorithms.get(alg);
  if (algorithm === undefined || keys.length === 0) throw createRefusal('unknown_key');
  const key = keys.slice(0, mostAttempts).find((candidate) => isSignedBy(candidate, jws, algorithm));
  if (key === undefined) throw createRefusal('signature_invalid');
  return key;
}

function isSignedBy(key: VerificationKey, jws: Jws, algorithm: Algorithm): boolean {
  // OpenSSL takes a PSS signature without its leading zero byte: a second spelling of the same token.
  if (key.modulusBytes !== undefined && jws.signature.length !== key.modulusBytes) return false;
  try {
    const keyInput = { ...algorithm.options, key: key.keyObject };
    return verify(algorithm.digest, jws.signedBytes, keyInput, jws.signature);
  } catch {
    return false;
  }
}
