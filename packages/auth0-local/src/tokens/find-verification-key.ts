import { createPublicKey, type KeyObject } from 'node:crypto';
import { publishedKeys } from '../tenant/signing-keys.js';
import type { Tenant } from '../tenant/tenant.js';

/**
 * The key that verifies a token of the tenant: a published one by its id, for HS256 the secret that its receiver shares.
 *
 * @throws Error: there is none.
 */
export function findVerificationKey(
  tenant: Tenant,
  { alg, kid }: { readonly alg?: string; readonly kid?: string },
  secret?: string,
): KeyObject | Uint8Array {
  if (alg === 'HS256' && secret !== undefined) return new TextEncoder().encode(secret);
  const key = publishedKeys(tenant).find((candidate) => candidate.kid === kid);
  if (key === undefined) throw new Error('There is no key with this kid.');
  return createPublicKey(key.cert);
}
