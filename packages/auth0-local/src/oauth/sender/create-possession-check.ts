import { AuthError } from '@auth0/auth0-api-js';
import type { Request } from 'express';
import { isSameSecret } from '../../is-same-secret.js';
import type { Site } from '../../site.js';
import type { Confirmation } from '../../tokens/access-token-claims.js';
import { getProofCheckers } from './get-proof-checkers.js';
import { readCertificateThumbprint } from './read-certificate-thumbprint.js';
import { readUrl } from './read-url.js';

/** An access token as it was sent. */
export interface SentToken {
  readonly scheme: 'bearer' | 'dpop';
  readonly token: string;
}

/** Tells whether a token was sent by whoever it is bound to. */
export type PossessionCheck = (
  req: Request,
  sent: SentToken,
  confirmation: Confirmation | undefined,
) => Promise<boolean>;

/** Prepares to check that tokens come from whoever they are bound to (RFC 9449 section 7, RFC 8705 section 3). */
export function createPossessionCheck(site: Site): PossessionCheck {
  const { withoutNonce: checker } = getProofCheckers(site.tenant);

  return async function isPossessed(req, { scheme, token }, confirmation = {}) {
    const { jkt, 'x5t#S256': certificate } = confirmation;
    if ((scheme === 'dpop') !== (jkt !== undefined)) return false;
    if (certificate !== undefined && !isSameSecret(readCertificateThumbprint(req) ?? '', certificate))
      return false;
    if (jkt === undefined) return true;
    const proofs = req.headersDistinct['dpop'] ?? [];
    try {
      const request = { proofs, method: req.method, url: readUrl(site, req), accessToken: token };
      return isSameSecret(await checker.check(request), jkt);
    } catch (error) {
      if (error instanceof AuthError) return false;
      throw error;
    }
  };
}
