import type { IncomingMessage } from 'node:http';
import type { MtlsPolicy } from '../binding/mtls/check-certificate-binding.js';
import type { Certificate } from '../binding/mtls/certificate-thumbprint.js';
import type { CertificateHop } from '../binding/mtls/get-certificate.js';
import { clientCertHeader } from '../binding/mtls/client-cert-header.js';
import { escapedPemHeader } from '../binding/mtls/escaped-pem-header.js';
import { forwardedClientCert } from '../binding/mtls/forwarded-client-cert.js';
import { socketCertificate } from '../binding/mtls/socket-certificate.js';
import { readOptions } from '../read-options.js';
import { checkDefined } from './check-defined.js';
import { invalidOption } from './invalid-option.js';
import { bindingHints } from './migration-hints.js';
import { readFunction } from './read-function.js';

/** How tokens that are bound to a client certificate are checked (mutual TLS, RFC 8705 section 3). */
export interface MtlsOptions {
  /**
   * `'allowed'` (the default): unbound tokens, and bound tokens with their certificate. `'required'`: bound tokens with
   * their certificate only. `'disabled'`: bound tokens are accepted **without the certificate, and so from a thief, too**.
   */
  mode?: 'allowed' | 'required' | 'disabled';
  /**
   * Gets the certificate that the client showed, as PEM, DER or `X509Certificate`; nothing if it showed none. It answers at
   * once. `socketCertificate()` by default, which is for an API without a proxy before it; behind one,
   * `clientCertHeader()`, `forwardedClientCert()`, `escapedPemHeader()`, or a function of your own.
   *
   * Anybody can send a header: your own function must read one only where `hop.isProxyTrusted` says so.
   */
  getCertificate?(request: IncomingMessage, hop: CertificateHop): Certificate | undefined;
}

/** The `mtls` option after its check. */
export type MtlsSettings = MtlsPolicy;

const group = 'mtls';
const optionNames = ['mode', 'getCertificate'] as const satisfies readonly (keyof MtlsOptions)[];

/**
 * Reads the `mtls` option.
 *
 * @throws InvalidConfigurationError: a value that cannot work, or a name that is none.
 */
export function readMtls(given: MtlsOptions | undefined): MtlsSettings {
  if (given === undefined) return { mode: 'off', getCertificate: undefined };
  const options = readOptions(given, optionNames, group, bindingHints);
  checkDefined(options, optionNames, group);
  const { mode = 'allowed', getCertificate } = options;
  return {
    mode: readMode(mode),
    getCertificate: readReader(getCertificate) ?? socketCertificate(),
  };
}

/** What makes the readers. Given itself, it would be called with a request, and refuse every bound token. */
const makers: readonly unknown[] = [
  socketCertificate,
  clientCertHeader,
  forwardedClientCert,
  escapedPemHeader,
];

function readReader(given: MtlsOptions['getCertificate']): MtlsSettings['getCertificate'] {
  const reader = readFunction(given, 'getCertificate', group);
  if (reader === undefined || !makers.includes(reader)) return reader;
  throw invalidOption(group, `"getCertificate" is what makes the reader. Call it: ${reader.name}()`);
}

function readMode(mode: unknown): MtlsSettings['mode'] {
  if (mode === 'allowed' || mode === 'required' || mode === 'disabled') return mode;
  throw invalidOption(group, `"mode" must be 'allowed', 'required' or 'disabled'`);
}
