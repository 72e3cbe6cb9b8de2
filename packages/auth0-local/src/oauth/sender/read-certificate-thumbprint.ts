import { certificateThumbprint, socketCertificate } from '@auth0/auth0-api-js';
import type { Request } from 'express';

const readCertificate = socketCertificate();

/** The thumbprint of the certificate that the client has shown on this connection; nothing where it has shown none. */
export function readCertificateThumbprint(req: Request): string | undefined {
  return certificateThumbprint(readCertificate(req, { isProxyTrusted: false }));
}
