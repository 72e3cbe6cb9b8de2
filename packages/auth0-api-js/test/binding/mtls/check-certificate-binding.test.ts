import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkCertificateBinding,
  type MtlsPolicy,
} from '../../../src/binding/mtls/check-certificate-binding.js';
import { AuthError, VerifyAccessTokenError } from '../../../src/errors.js';
import type { Auth0ApiEvent } from '../../../src/events.js';
import { createCertificate } from '../../support/create-certificate.js';
import { rfc8705Certificate as pem, rfc8705Thumbprint } from '../../support/rfc8705.js';

const bound = { 'x5t#S256': rfc8705Thumbprint };
const other = createCertificate(generateKeyPairSync('ed25519'));
const fail = (): never => {
  throw new Error('it was asked for the certificate');
};
const judge = (
  mode: MtlsPolicy['mode'],
  confirmation: Record<string, unknown> | undefined,
  certificate: () => unknown = fail,
): { reason: unknown; events: Auth0ApiEvent[] } => {
  const events: Auth0ApiEvent[] = [];
  const policy = { mode, getCertificate: undefined };
  try {
    checkCertificateBinding(confirmation, policy, { certificate }, (event) => events.push(event));
    return { reason: 'accepted', events };
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    expect(error).toBeInstanceOf(VerifyAccessTokenError);
    return { reason: error.reason, events };
  }
};

describe('checkCertificateBinding', () => {
  it.each<[MtlsPolicy['mode'], object | undefined, string]>([
    ['off', undefined, 'accepted'],
    ['off', { jkt: 'a' }, 'accepted'],
    ['off', bound, 'certificate_bound_token'],
    ['off', { 'x5t#S256': null }, 'certificate_bound_token'],
    ['allowed', undefined, 'accepted'],
    ['allowed', {}, 'accepted'],
    ['allowed', { jkt: 'a', 'x5t#s256': rfc8705Thumbprint, x5t: 'a' }, 'accepted'],
    ['required', undefined, 'certificate_binding_missing'],
    ['required', {}, 'certificate_binding_missing'],
    ['required', { jkt: 'a', x5t: rfc8705Thumbprint }, 'certificate_binding_missing'],
    ['disabled', undefined, 'accepted'],
    ['disabled', { jkt: 'a' }, 'accepted'],
  ])(
    'in the mode %s judges the confirmation %j without a certificate: %s',
    (mode, confirmation, expected) => {
      expect(judge(mode, confirmation as Record<string, unknown>)).toEqual({ reason: expected, events: [] });
    },
  );

  it.each([bound, { 'x5t#S256': [null] }])('ignores %j in the mode disabled, and says so', (confirmation) => {
    const events = [{ type: 'binding_ignored', method: 'mtls' }];
    expect(judge('disabled', confirmation)).toEqual({ reason: 'accepted', events });
  });

  describe.each(['allowed', 'required'] as const)('in the mode %s', (mode) => {
    it.each<[string, unknown, string]>([
      ['the certificate as PEM', pem, 'accepted'],
      ['the certificate as DER', new X509Certificate(pem).raw, 'accepted'],
      ['the certificate as an object', new X509Certificate(pem), 'accepted'],
      ['H2 another certificate', other, 'certificate_binding_mismatch'],
      ['H1 no certificate', undefined, 'certificate_bound_token'],
      ['H1 null', null, 'certificate_bound_token'],
      ['H4 a text that is none', 'certificate', 'certificate_bound_token'],
      ['H4 bytes that are none', Buffer.from(rfc8705Thumbprint), 'certificate_bound_token'],
      ['H4 two certificates', pem + other, 'certificate_bound_token'],
      ['H4 the thumbprint', rfc8705Thumbprint, 'certificate_bound_token'],
    ])('judges a bound token with %s', (_what, certificate, expected) => {
      expect(judge(mode, bound, () => certificate)).toEqual({ reason: expected, events: [] });
    });

    it.each<[string, unknown]>([
      ['padded', `${rfc8705Thumbprint}=`],
      ['hex', Buffer.from(rfc8705Thumbprint, 'base64url').toString('hex')],
      ['hex with colons', new X509Certificate(pem).fingerprint256],
      [
        'that of SHA-1',
        Buffer.from(new X509Certificate(pem).fingerprint.replace(/:/g, ''), 'hex').toString('base64url'),
      ],
      ['in a list', [rfc8705Thumbprint]],
      ['empty', ''],
      ['null', null],
      ['a number', 7],
      ['an object', { toString: () => rfc8705Thumbprint }],
      ['another spelling of the same bytes', `${rfc8705Thumbprint.slice(0, -1)}1`],
      ['in other case', rfc8705Thumbprint.toLowerCase()],
      ['with a line end', `${rfc8705Thumbprint.slice(0, -1)}\n`],
      ['followed by a line end', `${rfc8705Thumbprint}\n`],
      ['of characters that look alike', String.fromCharCode(0x141) + rfc8705Thumbprint.slice(1)],
    ])('H3 refuses a thumbprint that is %s', (_what, thumbprint) => {
      const confirmation = { 'x5t#S256': thumbprint };
      expect(judge(mode, confirmation, () => pem).reason).toBe('certificate_binding_mismatch');
    });

    it.each([`${rfc8705Thumbprint}=`, '', [rfc8705Thumbprint]])(
      'asks for no certificate where none could be the right one: %j',
      (thumbprint) => {
        expect(judge(mode, { 'x5t#S256': thumbprint }).reason).toBe('certificate_binding_mismatch');
      },
    );

    it.each<[string, () => unknown]>([
      ['a promise', () => Promise.resolve(pem)],
      ['a promise that fails', () => Promise.reject(new Error('late'))],
      ['what getPeerCertificate() returns', () => new X509Certificate(pem).toLegacyObject()],
      ['a function', () => () => pem],
      ['a list', () => [pem]],
      ['a number', () => 7],
      ['false', () => false],
    ])('takes %s for a mistake of the program', (_what, certificate) => {
      expect(() => judge(mode, bound, certificate)).toThrow(TypeError);
      expect(() => judge(mode, bound, certificate)).toThrow(/must be a PEM text, the bytes/);
    });

    it('lets the error through of a function that fails', () => {
      expect(() => judge(mode, bound)).toThrow('it was asked for the certificate');
    });
  });

  it('H3 reads the bytes, not only the look: 43 characters that end otherwise are others', () => {
    const bytes = Buffer.from(rfc8705Thumbprint, 'base64url');
    expect(Buffer.from(`${rfc8705Thumbprint.slice(0, -1)}1`, 'base64url').equals(bytes)).toBe(true);
  });

  it('reads members of its own only', () => {
    const inherited = Object.create(bound) as Record<string, unknown>;
    expect(judge('allowed', inherited).reason).toBe('accepted');
    expect(judge('required', inherited).reason).toBe('certificate_binding_missing');
  });
});
