import type { IncomingMessage } from 'node:http';
import { memberOf } from '../../verify/read-json-object.js';
import type { Certificate } from './certificate-thumbprint.js';
import type { GetCertificate } from './get-certificate.js';
import { longestCertificate, readCertificate } from './read-certificate.js';

/**
 * Prepares a reader of a header that a proxy puts the client's certificate in. It answers only where the proxy is trusted,
 * the header is there once, and what it holds is one certificate: as its DER.
 *
 * @param name - The header, in lower case.
 * @param read - Takes the certificate out of the header's value.
 */
export function createHeaderReader(
  name: string,
  read: (value: string) => Certificate | undefined,
): GetCertificate {
  return (request, { isProxyTrusted }) => {
    const value = isProxyTrusted ? readHeader(request, name) : undefined;
    return value === undefined ? undefined : readCertificate(read(value))?.der;
  };
}

/** One line of at most 64 KiB. Node joins several of them with commas, or keeps the first; only raw lines tell. */
function readHeader(request: IncomingMessage, name: string): string | undefined {
  // A serverless runtime, or a test, may have made the request up.
  const { headers, rawHeaders = [] } = request as Partial<IncomingMessage>;
  const lines = rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  const value = lines.length > 1 ? undefined : memberOf(headers ?? {}, name);
  return typeof value === 'string' && value.length <= longestCertificate ? value : undefined;
}
