import { createSecretKey } from 'node:crypto';
import type { VerificationKey } from '../keys/import-key.js';
import { readSecretBytes } from './read-secret-bytes.js';
import { hs256 } from './secret-policy.js';

/** Reads a secret that is shared with an issuer. */
export function readSecret(secret: unknown, where: string): VerificationKey {
  const bytes = readSecretBytes(secret, {
    group: where,
    name: 'secret',
    note: 'RFC 7518 section 3.2',
    cure: 'give it as "publicKey" or "jwks"',
  });
  return {
    kid: undefined,
    algorithms: hs256,
    keyObject: createSecretKey(bytes),
    jwk: undefined,
    inputs: new Map(),
    modulusBytes: undefined,
  };
}
