import type { ApiClient } from './api-client.js';
import { nonceHeaders } from './binding/nonce/nonce-headers.js';
import { PresentedByRequest, type PresentingRequest } from './binding/presented-by-request.js';
import { requireInternals } from './require-internals.js';
import { verifyAccessToken, type Claims, type Demands } from './verify/access-token.js';
import { readCredentials } from './verify/read-credentials.js';
import { isPromiseLike } from './when-ready.js';

/** What of a request says who sends it. */
export interface RequestCredentials extends PresentingRequest {
  /** Every `Authorization` line, also the ones a framework drops. */
  readonly authorization: readonly string[];
}

/** Who sent a request. */
export interface AuthenticatedRequest {
  /** The token as it was sent. */
  readonly token: string;
  /** Its verified claims, a fresh object. */
  readonly claims: Claims;
  /** What the response says to the next request: nothing, or a fresh nonce. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/**
 * Authenticates a request: at once where the keys are in memory, else with a promise.
 *
 * @throws AuthError, or rejects with it.
 */
export function authenticate(
  client: ApiClient,
  credentials: RequestCredentials,
): AuthenticatedRequest | Promise<AuthenticatedRequest> {
  const { verifier } = requireInternals(client);
  const { dpop } = verifier.binding;
  const { scheme, token } = readCredentials(credentials.authorization, dpop.mode);
  const presented = new PresentedByRequest(scheme, credentials, verifier.binding.mtls);
  const claims = verifyAccessToken(token, verifier, asDemands(presented));
  return isPromiseLike(claims)
    ? claims.then((verified) => ({ token, claims: verified, headers: nonceHeaders(dpop, scheme) }))
    : { token, claims, headers: nonceHeaders(dpop, scheme) };
}

/** A request asks for nothing beyond the policy. */
function asDemands(presented: Demands['presented']): Demands {
  return { algorithms: undefined, requiredClaims: undefined, presented, now: undefined };
}
