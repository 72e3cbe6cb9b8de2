import { createPrivateKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCertificate } from './create-certificate.js';

/** A private authority of this tenant alone: whoever trusts it trusts nothing else. */
export interface CertificateAuthority {
  /** Its certificate in PEM, for clients to trust. */
  readonly certificate: string;
  /** Where that stands, if anywhere. */
  readonly file?: string;
  readonly privateKey: KeyObject;
}

/** What a server needs to speak TLS. */
export interface ServerIdentity {
  readonly key: string;
  readonly cert: string;
}

const years = 10;
const renewWithinMs = 30 * 24 * 60 * 60 * 1000;

/**
 * The authority of a data directory: made at the first start and kept, so that trust in it stays. Without a directory it
 * lives in memory.
 */
export function openCertificateAuthority(folder: string | undefined): CertificateAuthority {
  if (folder === undefined) return createCertificateAuthority();
  const file = join(folder, 'ca.pem');
  const keyFile = join(folder, 'ca-key.pem');
  if (existsSync(file) && existsSync(keyFile)) {
    const certificate = readFileSync(file, 'utf8');
    if (Date.parse(new X509Certificate(certificate).validTo) > Date.now() + renewWithinMs) {
      return { certificate, file, privateKey: createPrivateKey(readFileSync(keyFile)) };
    }
  }
  const authority = createCertificateAuthority();
  writeFileSync(keyFile, authority.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(file, authority.certificate, { mode: 0o600 });
  return { ...authority, file };
}

/** Makes a key and a certificate for the hosts of a server. */
export function createServerIdentity(
  authority: CertificateAuthority,
  hosts: readonly string[],
): ServerIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cert = createCertificate({
    commonName: hosts[0] ?? 'localhost',
    publicKey,
    signingKey: authority.privateKey,
    issuerName: authorityName,
    notBefore: yesterday(),
    // Browsers refuse server certificates that live longer than this (825 days).
    years: 2,
    hosts,
  });
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert };
}

const authorityName = 'auth0-local private CA';

function createCertificateAuthority(): CertificateAuthority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = createCertificate({
    commonName: authorityName,
    publicKey,
    signingKey: privateKey,
    notBefore: yesterday(),
    years,
    isAuthority: true,
  });
  return { certificate, privateKey };
}

/** Clocks of containers and their hosts differ a little. */
function yesterday(): Date {
  return new Date(Date.now() - 24 * 60 * 60 * 1000);
}
