import { spokenSchemes } from '../../verify/read-credentials.js';
import type { DpopPolicy } from '../binding-policy.js';
import type { Scheme } from '../presented.js';

/**
 * What an answer says to a client that uses DPoP: the nonce of its next proof (RFC 9449 sections 8.2 and 9). It is not to
 * be stored: a nonce from a cache would be an old one.
 *
 * @returns Nothing where nonces are not asked for, or the request does not use DPoP.
 */
export function nonceHeaders(
  { mode, proofs }: DpopPolicy,
  used: Scheme,
): Readonly<Record<string, string>> | undefined {
  if (proofs.nonces === undefined || used !== 'dpop' || !spokenSchemes[mode].includes(used)) return undefined;
  return { 'DPoP-Nonce': proofs.nonces.current(), 'Cache-Control': 'no-store' };
}
