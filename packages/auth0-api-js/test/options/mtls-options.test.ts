import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { clientCertHeader } from '../../src/binding/mtls/client-cert-header.js';
import { escapedPemHeader } from '../../src/binding/mtls/escaped-pem-header.js';
import { forwardedClientCert } from '../../src/binding/mtls/forwarded-client-cert.js';
import { socketCertificate } from '../../src/binding/mtls/socket-certificate.js';
import { InvalidConfigurationError } from '../../src/errors.js';
import { readMtls, type MtlsOptions } from '../../src/options/mtls-options.js';

const errorOf = (options: unknown): string => {
  try {
    readMtls(options as MtlsOptions);
    return 'none';
  } catch (error) {
    if (error instanceof InvalidConfigurationError) return error.message;
    throw error;
  }
};

describe('the option mtls', () => {
  it('is off where it is left out: bound tokens are refused', () => {
    expect(readMtls(undefined)).toEqual({ mode: 'off', getCertificate: undefined });
  });

  it('allows certificates of the connection by default', () => {
    const { mode, getCertificate } = readMtls({});
    expect(mode).toBe('allowed');
    const certificate = Object.create(X509Certificate.prototype) as X509Certificate;
    const socket = { getPeerX509Certificate: () => certificate };
    expect(getCertificate?.({ socket } as never, { isProxyTrusted: false })).toBe(certificate);
  });

  it.each([socketCertificate, clientCertHeader, forwardedClientCert, escapedPemHeader])(
    'does not take %o for a reader, which it makes',
    (maker) => {
      const what = `"getCertificate" is what makes the reader. Call it: ${maker.name}()`;
      expect(errorOf({ getCertificate: maker })).toBe(`Invalid mtls configuration: ${what}`);
      expect(errorOf({ getCertificate: maker() })).toBe('none');
    },
  );

  it.each(['allowed', 'required', 'disabled'] as const)('takes the mode %s', (mode) => {
    expect(readMtls({ mode }).mode).toBe(mode);
  });

  it('takes a function of its own', () => {
    const getCertificate = (): string => 'a certificate';
    expect(readMtls({ getCertificate })).toEqual({ mode: 'allowed', getCertificate });
  });

  it.each<[unknown, string]>([
    [{ mode: 'off' }, `Invalid mtls configuration: "mode" must be 'allowed', 'required' or 'disabled'`],
    [{ mode: true }, `Invalid mtls configuration: "mode" must be 'allowed', 'required' or 'disabled'`],
    [
      { mode: undefined },
      'Invalid mtls configuration: "mode" is undefined. Leave it out, or give it a value',
    ],
    [
      { getCertificate: undefined },
      'Invalid mtls configuration: "getCertificate" is undefined. Leave it out, or give it a value',
    ],
    [{ getCertificate: 'PEM' }, 'Invalid mtls configuration: "getCertificate" must be a function'],
    [{ getCertificat: () => '' }, "mtls: unknown option 'getCertificat'. Did you mean 'getCertificate'?"],
    [true, 'mtls: the options must be an object'],
    [null, 'mtls: the options must be an object'],
  ])('refuses what cannot work, case %#', (options, message) => {
    expect(errorOf(options)).toBe(message);
  });

  it('is read from its own members only', () => {
    const prototype = Object.prototype as { mode?: string };
    prototype.mode = 'disabled';
    try {
      expect(readMtls({}).mode).toBe('allowed');
    } finally {
      delete prototype.mode;
    }
  });
});
