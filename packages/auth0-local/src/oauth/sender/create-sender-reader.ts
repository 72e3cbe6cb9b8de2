import { AuthError, DpopNonceRequiredError, TemporarilyUnavailableError } from '@auth0/auth0-api-js';
import type { ProofChecker } from '@auth0/auth0-api-js/adapter';
import type { Request, Response } from 'express';
import type { Site } from '../../site.js';
import type { Application } from '../../tenant/applications.js';
import { OAuthError } from '../oauth-error.js';
import { describeProofRefusal } from './describe-proof-refusal.js';
import { getProofCheckers } from './get-proof-checkers.js';
import { readCertificateThumbprint } from './read-certificate-thumbprint.js';
import { readUrl } from './read-url.js';
import type { Sender } from './sender.js';

/** Reads what the sender of a token request has proven to have. */
export type SenderReader = (req: Request, res: Response, application: Application) => Promise<Sender>;

/**
 * Prepares to check DPoP proofs (RFC 9449 section 5) and to read client certificates (RFC 8705 section 3). Public
 * applications must put a nonce into their proofs, which are made where a stranger's script may run.
 */
export function createSenderReader(site: Site): SenderReader {
  const { withNonce, withoutNonce } = getProofCheckers(site.tenant);

  return async function readSender(req, res, application) {
    const thumbprint = readCertificateThumbprint(req);
    const certificate = thumbprint === undefined ? {} : { certificate: thumbprint };
    // Who was not asked for a certificate is asked on the next connection: an API may want one by then.
    if (site.isSecure && thumbprint === undefined) res.set('Connection', 'close');
    const proofs = req.headersDistinct['dpop'];
    if (proofs === undefined) return certificate;

    const checker = application.token_endpoint_auth_method === 'none' ? withNonce : withoutNonce;
    const nonce = checker.nonce();
    if (nonce !== undefined) res.set('DPoP-Nonce', nonce);
    return { ...certificate, jkt: await checkProof(checker, req, proofs) };
  };

  async function checkProof(checker: ProofChecker, req: Request, proofs: readonly string[]): Promise<string> {
    try {
      return await checker.check({ proofs, method: req.method, url: readUrl(site, req) });
    } catch (error) {
      throw error instanceof AuthError ? refuse(error) : error;
    }
  }
}

function refuse(error: AuthError): OAuthError {
  if (error instanceof TemporarilyUnavailableError) return tooMany();
  const isNonce = error instanceof DpopNonceRequiredError;
  return new OAuthError({
    statusCode: 400,
    error: isNonce ? 'use_dpop_nonce' : 'invalid_dpop_proof',
    description: isNonce ? 'Authorization server requires nonce in DPoP proof' : error.message,
    log: { description: describeProofRefusal(error) },
    // Every flow of a public application begins so.
    isExpected: isNonce,
  });
}

/** One key has sent more proofs within minutes than are remembered. */
function tooMany(): OAuthError {
  return new OAuthError({
    statusCode: 503,
    error: 'temporarily_unavailable',
    description: 'Too many DPoP proofs of one key: try again in some minutes',
  });
}
