import { createHeaderReader } from './create-header-reader.js';
import type { GetCertificate } from './get-certificate.js';
import { readCertificate } from './read-certificate.js';
import { unescapeText } from './unescape-text.js';

/** A key and its value. In quotes, a value may hold anything, a quote after a backslash. Keys are case-insensitive. */
const pair = /([A-Za-z]+)=("(?:[^"\\]|\\.)*"|[^",;]*)(?:;|$)/y;

/**
 * Reads Envoy's `X-Forwarded-Client-Cert` header, of which it needs `Cert`: configure
 * `forward_client_cert_details: SANITIZE_SET` and `set_current_client_cert_details: { cert: true }`. It counts only where
 * the application trusts the proxy.
 *
 * The header must have exactly one element. A second one comes from the client itself, or from another proxy, and nothing
 * says whose certificate is the client's. Where `Hash` is there, too, it must be that of `Cert`: Envoy does not quote every
 * name in a certificate, and whoever makes one could write a `Cert` of others into it.
 */
export function forwardedClientCert(): GetCertificate {
  return createHeaderReader('x-forwarded-client-cert', readElement);
}

function readElement(value: string): Buffer | undefined {
  const { cert, hash } = readPairs(value);
  const [first, ...others] = cert;
  if (first === undefined || others.length > 0) return undefined;
  const certificate = readCertificate(unescapeText(first));
  if (certificate === undefined) return undefined;
  const digest = Buffer.from(certificate.thumbprint, 'base64url').toString('hex');
  return hash.every((text) => text.toLowerCase() === digest) ? certificate.der : undefined;
}

/** The values of the keys that count, without quotes; none of them if anything is malformed or follows a comma. */
function readPairs(value: string): { cert: readonly string[]; hash: readonly string[] } {
  const found = { cert: [] as string[], hash: [] as string[] };
  pair.lastIndex = 0;
  while (pair.lastIndex < value.length) {
    const [, key = '', text = ''] = pair.exec(value) ?? [];
    if (key === '') return { cert: [], hash: [] };
    const name = key.toLowerCase();
    if (name === 'cert' || name === 'hash') found[name].push(text.replace(/^"(.*)"$/, '$1'));
  }
  return found;
}
