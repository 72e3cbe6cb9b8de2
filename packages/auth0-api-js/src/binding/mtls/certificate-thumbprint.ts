import type { X509Certificate } from 'node:crypto';
import { readCertificate } from './read-certificate.js';

/** One X.509 certificate: PEM as text or bytes, DER as bytes, or an object of `node:crypto`. At most 64 KiB. */
export type Certificate = string | Uint8Array | X509Certificate;

/**
 * The thumbprint of a certificate as `x5t#S256` has it: SHA-256 of its DER, in base64url (RFC 8705 section 3.1). Nothing
 * for what is no certificate. Whether the certificate is valid, and who signed it, is not checked.
 */
export function certificateThumbprint(certificate: unknown): string | undefined {
  return readCertificate(certificate)?.thumbprint;
}
