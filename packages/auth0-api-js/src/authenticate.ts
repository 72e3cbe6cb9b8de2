import type { ApiClient } from './api-client.js';
import type { RequestContext } from './request-context.js';
import { requireInternals } from './require-internals.js';
import { noDemands, verifyAccessToken, type Claims } from './verify/access-token.js';
import { readCredentials } from './verify/read-credentials.js';
import { whenReady } from './when-ready.js';

/** What of a request says who sends it. */
export interface RequestCredentials {
  /** Every `Authorization` line, also the ones a framework drops. */
  readonly authorization: readonly string[];
  /** The request, for the application's own functions. */
  readonly request?: RequestContext;
}

/** Who sent a request. */
export interface AuthenticatedRequest {
  /** The token as it was sent. */
  readonly token: string;
  /** Its verified claims, a fresh object. */
  readonly claims: Claims;
}

/**
 * Authenticates a request: at once where the keys are in memory, else with a promise.
 *
 * @throws AuthError, or rejects with it.
 */
export function authenticate(
  client: ApiClient,
  { authorization, request }: RequestCredentials,
): AuthenticatedRequest | Promise<AuthenticatedRequest> {
  const { verifier } = requireInternals(client);
  const { token } = readCredentials(authorization);
  const demands = request === undefined ? noDemands : { ...noDemands, request };
  return whenReady(verifyAccessToken(token, verifier, demands), (claims) => ({ token, claims }));
}
