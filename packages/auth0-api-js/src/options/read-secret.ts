import { createPublicKey, createSecretKey, X509Certificate } from 'node:crypto';
import type { VerificationKey } from '../keys/import-key.js';
import { invalidOption } from './invalid-option.js';
import { hs256 } from './secret-policy.js';

/** RFC 7518 section 3.2: a key is at least as long as the hash. In bytes. */
const shortestSecret = 32;

/** Reads a secret that is shared with an issuer. */
export function readSecret(secret: unknown, where: string): VerificationKey {
  const isGiven = typeof secret === 'string' || secret instanceof Uint8Array;
  const bytes = isGiven ? Buffer.from(secret as Uint8Array) : Buffer.alloc(0);
  if (bytes.length < shortestSecret) {
    const what = `"secret" must be at least ${shortestSecret} bytes, as text or bytes (RFC 7518 section 3.2)`;
    throw invalidOption(where, what);
  }
  if (isPublic(bytes) || isPublic(Buffer.from(bytes.toString('latin1'), 'base64'))) {
    const what = '"secret" looks like a public key. Anybody has that: give it as "publicKey" or "jwks"';
    throw invalidOption(where, what);
  }
  return { kid: undefined, algorithms: hs256, keyObject: createSecretKey(bytes), modulusBytes: undefined };
}

/** Tells whether bytes are a PEM, a JWK, or the DER inside of a PEM. */
function isPublic(bytes: Buffer): boolean {
  if (/-----BEGIN|"kty"/.test(bytes.toString('latin1'))) return true;
  return [
    () => createPublicKey({ key: bytes, format: 'der', type: 'spki' }),
    () => createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' }),
    () => new X509Certificate(bytes),
  ].some(isDone);
}

function isDone(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
