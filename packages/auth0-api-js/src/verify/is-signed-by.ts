import { createHmac, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import type { VerificationKey } from '../keys/import-key.js';
import { algorithms } from './algorithms.js';
import type { Jws } from './read-jws.js';

/** What of a JWS its signature is checked with. */
export type SignedBytes = Pick<Jws, 'signedBytes' | 'signature'>;

/** Tells whether a key made a signature (RFC 7515 section 5.2). */
export function isSignedBy(key: VerificationKey, jws: SignedBytes, alg: string): boolean {
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
function hasMac(secret: KeyObject, { signedBytes, signature }: SignedBytes): boolean {
  const mac = createHmac('sha256', secret).update(signedBytes).digest();
  return mac.length === signature.length && timingSafeEqual(mac, signature);
}
