import { readOptions } from '../../read-options.js';
import { invalidOption } from '../../options/invalid-option.js';
import { createHeaderReader } from './create-header-reader.js';
import type { GetCertificate } from './get-certificate.js';
import { unescapeText } from './unescape-text.js';

/** Where a proxy puts the client's certificate. */
export interface EscapedPemHeaderOptions {
  /** The name of the header; `X-SSL-Client-Cert` by default. */
  header?: string;
}

const group = 'escapedPemHeader';

/** A name as RFC 9110 section 5.1 allows it. */
const headerName = /^[!#$%&'*+.^_`|~\w-]+$/;

/**
 * Reads a header with a URL-encoded PEM, as nginx makes it with
 * `proxy_set_header X-SSL-Client-Cert $ssl_client_escaped_cert` and AWS as `X-Amzn-Mtls-Clientcert-Leaf`. The proxy must
 * set it on every request, so that what a client sends under this name never arrives; it counts only where the application
 * trusts the proxy.
 *
 * @throws InvalidConfigurationError: the name is none, or an option is unknown.
 */
export function escapedPemHeader(options: EscapedPemHeaderOptions = {}): GetCertificate {
  const { header = 'X-SSL-Client-Cert' } = readOptions(options, ['header'], group);
  if (typeof header !== 'string' || !headerName.test(header))
    throw invalidOption(group, '"header" must be the name of a header');
  return createHeaderReader(header.toLowerCase(), unescapeText);
}
