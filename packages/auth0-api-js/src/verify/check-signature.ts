import { createHmac, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import { createRefusal } from '../errors.js';
import type { VerificationKey } from '../keys/import-key.js';
import { algorithms } from './algorithms.js';
import type { Jws } from './read-jws.js';

/** More keys than this are not tried for one signature, whatever the key set holds. */
const mostAttempts = 4;

/**
 * Checks the signature with the keys that may have made it (RFC 7515 section 5.2).
 *
 * @param alg - The algorithm of the header, already on the allow-list.
 * @returns The key that made it.
 */
export function checkSignature(jws: Jws, alg: string, keys: readonly VerificationKey[]): VerificationKey {
  const fitting = keys.filter(({ algorithms: fits }) => fits.has(alg));
  if (fitting.length === 0) throw createRefusal('unknown_key');
  const key = fitting.slice(0, mostAttempts).find((candidate) => isSignedBy(candidate, jws, alg));
  if (key === undefined) throw createRefusal('signature_invalid');
  return key;
}

function isSignedBy(key: VerificationKey, jws: Jws, alg: string): boolean {
  if (key.keyObject.type === 'secret') return hasMac(key.keyObject, jws);
  const algorithm = algorithms.get(alg);
  if (algorithm === undefined) return false;
  // OpenSSL takes a PSS signature without its leading zero byte: a second spelling of the same token.
  if (key.modulusBytes !== undefined && jws.signature.length !== key.modulusBytes) return false;
  try {
    const keyInput = { ...algorithm.options, key: key.keyObject };
    return verify(algorithm.digest, jws.signedBytes, keyInput, jws.signature);
  } catch {
    return false;
  }
}

/** HMAC with SHA-256 (RFC 7518 section 3.2), by a secret that the application gave for this issuer. */
function hasMac(secret: KeyObject, { signedBytes, signature }: Jws): boolean {
  const mac = createHmac('sha256', secret).update(signedBytes).digest();
  return mac.length === signature.length && timingSafeEqual(mac, signature);
}
