import { createHmac, createVerify, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import type { VerifyInput } from '../keys/create-verify-inputs.js';
import type { VerificationKey } from '../keys/import-key.js';
import type { Jws } from './split-jws.js';

/** What of a JWS its signature is checked with. The text is ASCII. */
export type SignedParts = Pick<Jws, 'signedText' | 'signature'>;

/** Tells whether a key made a signature (RFC 7515 section 5.2). */
export function isSignedBy(key: VerificationKey, jws: SignedParts, alg: string): boolean {
  if (key.keyObject.type === 'secret') return hasMac(key.keyObject, jws);
  const input = key.inputs.get(alg);
  if (input === undefined) return false;
  // OpenSSL takes a PSS signature without its leading zero byte: a second spelling of the same token.
  if (key.modulusBytes !== undefined && jws.signature.length !== key.modulusBytes) return false;
  try {
    return isVerified(input, jws);
  } catch {
    return false;
  }
}

/** A digest takes the text as it is, without a copy of its bytes; what has none needs the bytes. */
function isVerified({ digest, key }: VerifyInput, { signedText, signature }: SignedParts): boolean {
  if (digest === undefined) return verify(digest, Buffer.from(signedText, 'latin1'), key, signature);
  return createVerify(digest).update(signedText, 'latin1').verify(key, signature);
}

/** HMAC with SHA-256 (RFC 7518 section 3.2), by a secret that the application gave for this issuer. */
function hasMac(secret: KeyObject, { signedText, signature }: SignedParts): boolean {
  const mac = createHmac('sha256', secret).update(signedText, 'latin1').digest();
  return mac.length === signature.length && timingSafeEqual(mac, signature);
}
