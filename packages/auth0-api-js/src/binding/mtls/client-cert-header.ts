import { createHeaderReader } from './create-header-reader.js';
import type { GetCertificate } from './get-certificate.js';

/** A byte sequence of a structured field (RFC 8941 section 3.3.5), without parameters. */
const byteSequence = /^:([A-Za-z0-9+/]+={0,2}):$/;

/**
 * Reads the `Client-Cert` header (RFC 9440), which a proxy that ends TLS sets. The proxy must remove it from what clients
 * send; it counts only where the application trusts the proxy. `Client-Cert-Chain` is not read.
 */
export function clientCertHeader(): GetCertificate {
  return createHeaderReader('client-cert', (value) => {
    const base64 = byteSequence.exec(value)?.[1];
    return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
  });
}
