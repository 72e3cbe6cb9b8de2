import { createPublicKey, X509Certificate } from 'node:crypto';
import * as v from 'valibot';
import { randomAlphanumerics } from './ids.js';
import { strictObject } from './object-schemas.js';
import { readBody } from './read-body.js';
import type { Tenant } from './tenant.js';
import { invalid } from './tenant-error.js';

export const credentialAlgorithms = ['RS256', 'RS384', 'PS256', 'ES256', 'ES384'] as const;

const time = v.pipe(v.string(), v.isoTimestamp());
const createSchema = strictObject({
  credential_type: v.literal('public_key'),
  name: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(128))),
  pem: v.pipe(v.string(), v.minLength(1)),
  alg: v.exactOptional(v.picklist(credentialAlgorithms)),
  kid: v.exactOptional(v.string()),
  expires_at: v.exactOptional(v.nullable(time)),
  parse_expiry_from_cert: v.exactOptional(v.boolean()),
});

const updateSchema = strictObject({ expires_at: v.exactOptional(v.nullable(time)) });

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
  const input = readBody(createSchema, body);
  const { name, pem, kid, alg = 'RS256', parse_expiry_from_cert: isInCertificate = false } = input;
  checkPublicKey(pem);
  const expiresAt = isInCertificate ? readExpiry(pem) : input.expires_at;
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
    ...(typeof expiresAt === 'string' && { expires_at: expiresAt }),
  };
}

/**
 * Changes when a credential ends.
 *
 * @throws TenantError: something in the body is not acceptable.
 */
export function changeCredential({ now }: Tenant, credential: Credential, body: unknown): Credential {
  const { expires_at: known, ...rest } = credential;
  const { expires_at: expiresAt = known } = readBody(updateSchema, body);
  return {
    ...rest,
    updated_at: new Date(now()).toISOString(),
    ...(typeof expiresAt === 'string' && { expires_at: expiresAt }),
  };
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

function readExpiry(pem: string): string {
  try {
    return new Date(new X509Certificate(pem).validTo).toISOString();
  } catch {
    throw invalid(
      "Payload validation error: 'The pem is no certificate, so that no expiry can be read from it' on property pem.",
    );
  }
}
