import { internalsOf, type ApiClient } from './api-client.js';
import { verifyAccessToken, type Claims } from './verify/access-token.js';
import { readCredentials } from './verify/read-credentials.js';
import { whenReady } from './when-ready.js';

/** What of a request says who sends it. */
export interface RequestCredentials {
  /** Every `Authorization` line, also the ones a framework drops. */
  readonly authorization: readonly string[];
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
  { authorization }: RequestCredentials,
): AuthenticatedRequest | Promise<AuthenticatedRequest> {
  const internals = internalsOf(client);
  if (internals === undefined) {
    throw new TypeError(
      'The client is no ApiClient of this @auth0/auth0-api-js. Is the package installed twice?',
    );
  }
  const { token } = readCredentials(authorization);
  return whenReady(verifyAccessToken(token, internals.verifier), (claims) => ({ token, claims }));
}
