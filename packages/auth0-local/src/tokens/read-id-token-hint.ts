import { compactVerify, decodeJwt } from 'jose';
import type { Tenant } from '../tenant/tenant.js';
import { findVerificationKey } from './find-verification-key.js';

/** Which login of which user at which application an ID token is about. */
export interface IdTokenHint {
  readonly clientId: string;
  readonly userId: string;
  readonly sid?: string;
}

/**
 * Reads an ID token that an application sends back as a hint; nothing if this tenant has not signed it. Its time may be
 * up (OpenID Connect RP-Initiated Logout 1.0 section 2), and it may be of a time when the tenant had other ports.
 */
export async function readIdTokenHint(tenant: Tenant, token: string): Promise<IdTokenHint | undefined> {
  try {
    const { aud, sub, sid } = decodeJwt(token);
    const application = typeof aud === 'string' ? tenant.store.applications.get(aud) : undefined;
    if (application === undefined || sub === undefined) return undefined;
    await compactVerify(token, (header) => findVerificationKey(tenant, header, application.client_secret), {
      algorithms: ['RS256', 'PS256', 'HS256'],
    });
    return { clientId: application.client_id, userId: sub, ...(typeof sid === 'string' && { sid }) };
  } catch {
    return undefined;
  }
}
