import { createHash } from 'node:crypto';
import type { PublicJwk } from '../../keys/read-public-jwk.js';

/**
 * The SHA-256 thumbprint of a public key (RFC 7638 section 3): 43 characters in base64url, as `cnf.jkt` has it.
 *
 * @param members - The members that make the key, and no others.
 */
export function keyThumbprint(members: PublicJwk['members']): string {
  const inOrder = Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(inOrder)))
    .digest('base64url');
}
