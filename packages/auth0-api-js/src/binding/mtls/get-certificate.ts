import type { IncomingMessage } from 'node:http';
import type { Certificate } from './certificate-thumbprint.js';

/** What is known of the hop that a request came over. */
export interface CertificateHop {
  /** Whether it came from a proxy that the application trusts (in Express: `trust proxy`). */
  readonly isProxyTrusted: boolean;
}

/** Tells which certificate the client of a request has shown it has the key of; nothing if none. */
export type GetCertificate = (request: IncomingMessage, hop: CertificateHop) => Certificate | undefined;
