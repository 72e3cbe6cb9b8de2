import type { ApiClient } from '@auth0/auth0-api-js';
import type { AuthenticatedRequest } from '@auth0/auth0-api-js/adapter';
import type { RequestAuth } from './request-auth.js';
import type { Token } from './token.js';

/** Whose token was verified, of objects that an application has put in the place of ours. */
const foreign = new WeakMap<RequestAuth, ApiClient>();

/** What `req.auth0` is. */
export class Authentication implements RequestAuth {
  declare user?: Token;
  declare token?: string;
  client: ApiClient;
  /** Whose token was verified: a second `requiresAuth()` only checks its scopes. */
  #verifiedBy: ApiClient | undefined;

  constructor(client: ApiClient) {
    this.client = client;
    this.#verifiedBy = undefined;
  }

  static isVerified(auth: RequestAuth): boolean {
    return (#verifiedBy in auth ? auth.#verifiedBy : foreign.get(auth)) === auth.client;
  }

  /** Keeps the token where nothing finds it that prints, copies or serialises the object. */
  static accept(auth: RequestAuth, { token, claims }: AuthenticatedRequest): void {
    auth.user = claims as Token;
    Object.defineProperty(auth, 'token', {
      value: token,
      enumerable: false,
      writable: true,
      configurable: true,
    });
    if (#verifiedBy in auth) auth.#verifiedBy = auth.client;
    else foreign.set(auth, auth.client);
  }
}
