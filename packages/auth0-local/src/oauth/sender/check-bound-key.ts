import { invalidGrant } from '../refusals.js';
import type { Sender } from './sender.js';

/**
 * Checks that what comes back comes from whoever it was given to, where it is bound to a key (RFC 9449 sections 5, 10).
 *
 * @throws OAuthError: the sender has not proven to have that key.
 */
export function checkBoundKey(
  what: 'authorization code' | 'refresh token',
  jkt: string | undefined,
  sender: Sender,
): void {
  if (jkt === undefined || jkt === sender.jkt) return;
  throw invalidGrant(
    sender.jkt === undefined
      ? `The ${what} is bound to a key. Send a DPoP proof of that key in the header DPoP.`
      : `The ${what} is bound to the key of another DPoP proof.`,
  );
}
