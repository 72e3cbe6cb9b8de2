import type { Api } from '../../tenant/apis.js';
import type { Application } from '../../tenant/applications.js';
import { isProofRequired } from '../../tenant/is-proof-required.js';
import type { Confirmation } from '../../tokens/access-token-claims.js';
import { fixAuthMethod, fixPossession, fixRequiredPossession, fixRequiringApplication } from '../fixes.js';
import { OAuthError } from '../oauth-error.js';
import { possessionCures } from './possession-cures.js';
import type { Sender } from './sender.js';

/**
 * Decides what an access token is bound to. The API says by what, and whether it must be; without an API, for a user's
 * profile, it is the key, if there is one. An API that says nothing gets tokens that are bound to nothing.
 *
 * @param isOnBehalf - Whether it is exchanged for another token: then the API's own requirement is waived.
 * @throws OAuthError: the API or the application asks for a proof, and there is none that counts.
 */
export function decideConfirmation(
  application: Application,
  api: Api | undefined,
  { jkt, certificate }: Sender,
  isOnBehalf = false,
): Confirmation | undefined {
  const mechanism = readMechanism(api);
  if (mechanism === 'dpop' && jkt !== undefined) return { jkt };
  // Certificates are for those who can keep a key to themselves: so it is at the real tenant.
  if (mechanism === 'mtls' && certificate !== undefined && !isPublic(application))
    return { 'x5t#S256': certificate };
  if (api !== undefined && !isOnBehalf && isProofRequired(api, application)) {
    const asks = `The API "${api.name ?? api.identifier}"`;
    throw missingProof(asks, application, api, fixRequiredPossession(api));
  }
  if (application.require_proof_of_possession === true) {
    const asks = `The application "${application.name}"`;
    const isPossible = mechanism !== undefined || api?.is_system === true;
    const fix =
      api === undefined || isPossible ? fixRequiringApplication(application.client_id) : fixPossession(api);
    throw missingProof(asks, application, api, fix);
  }
  return undefined;
}

function isPublic({ token_endpoint_auth_method: method }: Application): boolean {
  return method === 'none';
}

function missingProof(who: string, application: Application, api: Api | undefined, fix: string): OAuthError {
  const mechanism = readMechanism(api);
  const isImpossible = mechanism === 'mtls' && isPublic(application);
  return new OAuthError({
    statusCode: 400,
    error: mechanism === 'dpop' ? 'invalid_dpop_proof' : 'invalid_request',
    description: `${who} requires proof of possession${isImpossible ? impossible : describeCure(mechanism)}`,
    log: {
      ...(api !== undefined && { audience: api.identifier }),
      fix: isImpossible ? fixAuthMethod(application.client_id) : fix,
    },
  });
}

/** For a user's profile, which is for no API, it is a key. */
function readMechanism(api: Api | undefined): 'dpop' | 'mtls' | undefined {
  return api === undefined ? 'dpop' : api.proof_of_possession?.mechanism;
}

function describeCure(mechanism: 'dpop' | 'mtls' | undefined): string {
  return mechanism === undefined
    ? ', and the API has no mechanism for it.'
    : `. ${possessionCures[mechanism]}`;
}

const impossible = ' by a client certificate. Public applications cannot have it.';
