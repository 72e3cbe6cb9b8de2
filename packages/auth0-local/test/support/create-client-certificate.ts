import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createCertificate } from '../../src/tls/create-certificate.js';

/** A self-signed certificate of a client, with its key, in PEM. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  /** As `cnf` has it (RFC 8705 section 3.1). */
  readonly thumbprint: string;
}

/** Makes a client certificate with a key of its own. */
export function createClientCertificate(commonName = 'a worker'): ClientCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const notBefore = new Date(Date.now() - 60_000);
  const cert = createCertificate({ commonName, publicKey, signingKey: privateKey, notBefore, years: 1 });
  const { raw } = new X509Certificate(cert);
  return {
    cert,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    thumbprint: createHash('sha256').update(raw).digest('base64url'),
  };
}
