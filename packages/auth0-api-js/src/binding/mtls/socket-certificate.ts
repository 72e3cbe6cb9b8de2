import type { TLSSocket } from 'node:tls';
import type { GetCertificate } from './get-certificate.js';

/**
 * Reads the client's certificate off the TLS connection itself, for an API that no proxy stands before: the server needs
 * `requestCert: true`. Nothing on other connections, and where the client sent none.
 *
 * Who signed the certificate, and whether it is in its time, is for the server to check: `rejectUnauthorized: true` (the
 * default) does, by its `ca`. With `false` any certificate is taken, self-signed ones, too (RFC 8705 section 2.2). For a
 * bound token that is enough: the client has proven that it has the certificate's key.
 */
export function socketCertificate(): GetCertificate {
  return ({ socket }) => (socket as Partial<TLSSocket> | null | undefined)?.getPeerX509Certificate?.();
}
