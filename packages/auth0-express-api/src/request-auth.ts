import type { ApiClient } from '@auth0/auth0-api-js';
import type { Token } from './token.js';

/** What `req.auth0` holds. */
export interface RequestAuth {
  /** The verified claims, behind `requiresAuth()`. A fresh object on every request. */
  user?: Token;
  /** The token as it was sent, behind `requiresAuth()`. Never part of what is printed, spread or serialised. */
  token?: string;
  /** The client that verifies, on every request, with or without a token. */
  client: ApiClient;
}

declare global {
  // Express puts its Request in this namespace for others to add to.
  namespace Express {
    interface Request {
      auth0: RequestAuth;
    }
  }
}
