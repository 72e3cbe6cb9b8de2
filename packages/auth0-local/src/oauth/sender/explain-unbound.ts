import type { LogInput } from '../../log/tenant-log.js';
import type { Api } from '../../tenant/apis.js';
import type { Confirmation } from '../../tokens/access-token-claims.js';
import { fixPossession } from '../fixes.js';
import type { Sender } from './sender.js';

/** What can be sent, and what a token is to be bound to by an API that wants the other of the two. */
const proofs = {
  dpop: { sent: 'A DPoP proof', other: 'a client certificate' },
  mtls: { sent: 'A client certificate', other: 'a key' },
} as const;

/**
 * What the log says where an application has proven to have a key or a certificate, and its token is bound to nothing.
 *
 * @param confirmation - What the token is bound to.
 */
export function explainUnbound(
  api: Api | undefined,
  { jkt, certificate }: Sender,
  confirmation: Confirmation | undefined,
): Pick<LogInput, 'description' | 'fix'> {
  if (confirmation !== undefined || api === undefined || api.is_system) return {};
  if (jkt === undefined && certificate === undefined) return {};
  const mechanism = jkt === undefined ? 'mtls' : 'dpop';
  const { sent, other } = proofs[mechanism];
  const inVain = `${sent} was sent, and the token is bound to nothing:`;
  const asked = api.proof_of_possession?.mechanism;
  if (asked === mechanism) return { description: `${inVain} the application is public` };
  const reason = asked
    ? `the API says that it is to be to ${other}`
    : 'the API does not say that it is to be';
  return { description: `${inVain} ${reason}`, fix: fixPossession(api, mechanism) };
}
