import { createPublicKey, X509Certificate } from 'node:crypto';
import { invalidOption } from './invalid-option.js';
import type { OptionPlace } from './read-number.js';

/** Where a secret stands, and what is said of one that will not do. */
export interface SecretPlace extends OptionPlace {
  /** Beside how long it must be: where that is said, or how to make one. */
  readonly note: string;
  /** What to do with a public key instead. */
  readonly cure: string;
}

/** As many as the hash of HMAC with SHA-256 has: a key is at least as long. */
const shortest = 32;

/**
 * Reads a secret, as text or bytes.
 *
 * @throws InvalidConfigurationError: it is short, or everybody can know it.
 */
export function readSecretBytes(secret: unknown, { group, name, note, cure }: SecretPlace): Buffer {
  const isGiven = typeof secret === 'string' || secret instanceof Uint8Array;
  const bytes = isGiven ? Buffer.from(secret as Uint8Array) : Buffer.alloc(0);
  if (bytes.length < shortest) {
    const what = `"${name}" must be at least ${shortest} bytes, as text or bytes (${note})`;
    throw invalidOption(group, what);
  }
  if (isPublic(bytes) || isPublic(Buffer.from(bytes.toString('latin1'), 'base64')))
    throw invalidOption(group, `"${name}" looks like a public key. Anybody has that: ${cure}`);
  return bytes;
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
