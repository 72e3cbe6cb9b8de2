import { createPrivateKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { isPermitted } from './certificate-extensions.js';
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

/** Names and networks that mean this machine. */
const thisMachine = ['localhost', '127.0.0.0/8', '::1/128'];

/**
 * The authority of a data directory: made at the first start and kept, so that trust in it stays. It can sign for this
 * machine and further hosts alone; for a new one of those, a new authority is made. Without a directory it lives in memory.
 */
export function openCertificateAuthority(
  folder: string | undefined,
  furtherHosts: readonly string[] = [],
): CertificateAuthority {
  const permitted = [...thisMachine, ...furtherHosts.map((host) => (isIP(host) ? network(host) : host))];
  if (folder === undefined) return createCertificateAuthority(permitted);
  const file = join(folder, 'ca.pem');
  const keyFile = join(folder, 'ca-key.pem');
  if (existsSync(file) && existsSync(keyFile)) {
    const certificate = readFileSync(file, 'utf8');
    if (isGoodFor(certificate, permitted)) {
      return { certificate, file, privateKey: createPrivateKey(readFileSync(keyFile)) };
    }
  }
  const authority = createCertificateAuthority(permitted);
  replaceFile(keyFile, authority.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  replaceFile(file, authority.certificate);
  return { ...authority, file };
}

function isGoodFor(certificate: string, permitted: readonly string[]): boolean {
  const isFresh = Date.parse(new X509Certificate(certificate).validTo) > Date.now() + renewWithinMs;
  return isFresh && isPermitted(certificate, permitted);
}

function network(address: string): string {
  return `${address}/${isIP(address) === 4 ? 32 : 128}`;
}

/** A new file in the place of an old one, never through a link that stands there. */
function replaceFile(file: string, text: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
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

function createCertificateAuthority(permitted: readonly string[]): CertificateAuthority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = createCertificate({
    commonName: authorityName,
    publicKey,
    signingKey: privateKey,
    notBefore: yesterday(),
    years,
    permitted,
  });
  return { certificate, privateKey };
}

/** Clocks of containers and their hosts differ a little. */
function yesterday(): Date {
  return new Date(Date.now() - 24 * 60 * 60 * 1000);
}
