import { X509Certificate } from 'node:crypto';
import { isUint8Array } from 'node:util/types';
import { createRefusal } from '../../errors.js';
import type { EventListener } from '../../events.js';
import type { JsonObject } from '../../verify/read-json-object.js';
import { isPromiseLike } from '../../when-ready.js';
import { isSameText } from '../is-same-text.js';
import { certificateThumbprint } from './certificate-thumbprint.js';
import type { Presented } from '../presented.js';
import type { GetCertificate } from './get-certificate.js';

/** How tokens that are bound to a client certificate are treated. */
export interface MtlsPolicy {
  /**
   * `off` where a program does not speak of it, so that bound tokens are refused; `disabled` where it accepts them without
   * the certificate, in so many words.
   */
  readonly mode: 'allowed' | 'required' | 'disabled' | 'off';
  readonly getCertificate: GetCertificate | undefined;
}

const thumbprint = /^[\w-]{43}$/;

/**
 * Checks that a token that is bound to a client certificate comes from whoever has its key (RFC 8705 section 3). The
 * certificate itself is for TLS to check, or for nobody: only that it is the same counts (section 6.3).
 *
 * @param presented - Asked for the certificate of the client only where the token is bound to one.
 * @throws VerifyAccessTokenError: the token is bound to another certificate, or to none where one is required.
 * @throws TypeError: what came instead of a certificate cannot be one. The programmer's mistake.
 */
export function checkCertificateBinding(
  confirmation: JsonObject | undefined,
  { mode }: MtlsPolicy,
  presented: Pick<Presented, 'certificate'>,
  emit: EventListener,
): void {
  if (confirmation === undefined || !Object.hasOwn(confirmation, 'x5t#S256')) {
    if (mode === 'required') throw createRefusal('certificate_binding_missing');
    return;
  }
  if (mode === 'off') throw createRefusal('certificate_bound_token');
  if (mode === 'disabled') return emit({ type: 'binding_ignored', method: 'mtls' });
  const expected = confirmation['x5t#S256'];
  if (typeof expected !== 'string' || !thumbprint.test(expected))
    throw createRefusal('certificate_binding_mismatch');
  const actual = certificateThumbprint(checkForm(presented.certificate()));
  if (actual === undefined) throw createRefusal('certificate_bound_token');
  if (!isSameText(actual, expected)) throw createRefusal('certificate_binding_mismatch');
}

/** Whatever the client sent, a function gives one of these forms. Anything else would refuse every request. */
function checkForm(given: unknown): unknown {
  if (given === undefined || given === null || typeof given === 'string') return given;
  if (isUint8Array(given) || given instanceof X509Certificate) return given;
  if (isPromiseLike(given)) given.then(undefined, () => {});
  throw new TypeError(
    "A client certificate, as 'mtls.getCertificate' returns it and 'clientCertificate' is given, must be a PEM text, the bytes of a certificate, an X509Certificate, or undefined, and no promise. Of what getPeerCertificate() returns, give the 'raw'.",
  );
}
