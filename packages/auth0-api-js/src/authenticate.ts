import type { ApiClient } from './api-client.js';
import { nonceHeaders } from './binding/nonce/nonce-headers.js';
import { PresentedByRequest, type PresentingRequest } from './binding/presented-by-request.js';
import type { RequestContext } from './request-context.js';
import { requireInternals } from './require-internals.js';
import { noDemands, verifyAccessToken, type Claims } from './verify/access-token.js';
import { readCredentials } from './verify/read-credentials.js';
import { whenReady } from './when-ready.js';

/** What of a request says who sends it. */
export interface RequestCredentials extends PresentingRequest {
  /** Every `Authorization` line, also the ones a framework drops. */
  readonly authorization: readonly string[];
  /** The request, for the application's own functions; its URL is the one that a DPoP proof must name. */
  readonly request?: RequestContext;
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
  const demands = { ...noDemands, request: credentials.request ?? noDemands.request, presented };
  return whenReady(verifyAccessToken(token, verifier, demands), (claims) => ({
    token,
    claims,
    headers: nonceHeaders(dpop, scheme),
  }));
}
