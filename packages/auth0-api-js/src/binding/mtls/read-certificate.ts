import { createHash, X509Certificate } from 'node:crypto';
import { isUint8Array } from 'node:util/types';
import { RecentMap } from '../../recent-map.js';

/** A certificate as it was read. */
export interface ReadCertificate {
  readonly der: Buffer;
  /** SHA-256 of the DER in base64url (RFC 8705 section 3.1). */
  readonly thumbprint: string;
}

/** The longest certificate that is looked at, in characters or bytes. */
export const longestCertificate: number = 64 * 1024;

/** One block and nothing else, in lines or without. It holds no `-`, so a second block does not fit. */
const pem = /^\s*-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----\s*$/;

/** Bytes that were found to be a certificate, by their hash. Parsing takes a hundred times as long as hashing. */
const known = new RecentMap<true>(1000);

/** Reads exactly one X.509 certificate; nothing where a value is none, is more than one, or is too long. Never throws. */
export function readCertificate(value: unknown): ReadCertificate | undefined {
  const isParsed = value instanceof X509Certificate;
  const der = isParsed ? value.raw : readDer(value);
  if (der === undefined || der.length > longestCertificate) return undefined;
  const thumbprint = createHash('sha256').update(der).digest('base64url');
  if (!isParsed && known.get(thumbprint) === undefined) {
    if (!isCertificate(der)) return undefined;
    known.set(thumbprint, true);
  }
  return { der, thumbprint };
}

function readDer(value: unknown): Buffer | undefined {
  if (typeof value === 'string') return readPem(value);
  if (!isUint8Array(value)) return undefined;
  const bytes = Buffer.from(value);
  return readPem(bytes.toString('latin1')) ?? bytes;
}

function readPem(text: string): Buffer | undefined {
  const body = text.length <= longestCertificate ? pem.exec(text)?.[1] : undefined;
  return body === undefined ? undefined : Buffer.from(body, 'base64');
}

/**
 * OpenSSL reads the first certificate it finds and ignores the rest. It even prefers a PEM text inside of a DER, as
 * anybody can put one in a certificate of theirs; so what it read must be all there is.
 */
function isCertificate(der: Buffer): boolean {
  try {
    return new X509Certificate(der).raw.equals(der);
  } catch {
    return false;
  }
}
