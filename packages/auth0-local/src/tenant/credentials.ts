import { createPublicKey } from 'node:crypto';
import * as v from 'valibot';
import { randomAlphanumerics } from './ids.js';
import { readBody } from './read-body.js';
import type { Tenant } from './tenant.js';
import { invalid } from './tenant-error.js';

export const credentialAlgorithms = ['RS256', 'RS384', 'PS256', 'ES256', 'ES384'] as const;

const schema = v.strictObject({
  credential_type: v.literal('public_key'),
  name: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(128))),
  pem: v.pipe(v.string(), v.minLength(1)),
  alg: v.exactOptional(v.picklist(credentialAlgorithms)),
  kid: v.exactOptional(v.string()),
  expires_at: v.exactOptional(v.string()),
  parse_expiry_from_cert: v.exactOptional(v.boolean()),
});

/** A public key with which an application signs its assertions (RFC 7523). */
export interface Credential {
  readonly id: string;
  readonly credential_type: 'public_key';
  readonly name?: string;
  readonly kid: string;
  readonly alg: (typeof credentialAlgorithms)[number];
  /** In PEM, as it was given. */
  readonly pem: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at?: string;
}

/**
 * Makes a credential of what a caller sent.
 *
 * @throws TenantError: no public key in PEM, or not acceptable otherwise.
 */
export function createCredential({ now }: Tenant, body: unknown): Credential {
  const { name, pem, kid, alg = 'RS256', expires_at: expiresAt } = readBody(schema, body);
  checkPublicKey(pem);
  const at = new Date(now()).toISOString();
  return {
    id: `cred_${randomAlphanumerics(22)}`,
    credential_type: 'public_key',
    ...(name !== undefined && { name }),
    kid: kid ?? randomAlphanumerics(43),
    alg,
    pem,
    created_at: at,
    updated_at: at,
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
  };
}

/** Reads a list in which each credential is new, or the `{ id }` of one that is there. */
export function readCredentials(
  tenant: Tenant,
  list: readonly unknown[],
  existing: readonly Credential[],
): Credential[] {
  return list.map((item) => {
    const id = (item as { id?: unknown } | null)?.id;
    if (id === undefined) return createCredential(tenant, item);
    const known = existing.find((credential) => credential.id === id);
    if (known === undefined) throw invalid('The credential does not exist', 'inexistent_credential');
    return known;
  });
}

function checkPublicKey(pem: string): void {
  try {
    if (/PRIVATE KEY/.test(pem)) throw new Error('a private key');
    createPublicKey(pem);
  } catch {
    throw invalid(
      "Payload validation error: 'The pem is no public key or certificate in PEM' on property pem.",
    );
  }
}
