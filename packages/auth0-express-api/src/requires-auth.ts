import {
  authenticate,
  createScopesCheck,
  isPromiseLike,
  readOptions,
  type AuthenticatedRequest,
} from '@auth0/auth0-api-js/adapter';
import type { NextFunction } from 'express';
import type { ServerResponse } from 'node:http';
import { Authentication } from './authentication.js';
import { describeRequest } from './describe-request.js';
import { guard, type GuardedRequest } from './guard.js';
import type { Handler } from './handler.js';
import type { RequestAuth } from './request-auth.js';
import { setHeaders } from './respond.js';

/** What `requiresAuth()` asks for beyond a valid token. */
export interface RequiresAuthOptions {
  /** Scopes the token must have, all of them: a list, or a string with spaces between them. */
  scopes?: string | readonly string[];
}

/**
 * Requires a valid access token in the `Authorization` header (RFC 6750 section 2.1), and the scopes if there are any.
 * Behind it `req.auth0.user` has the claims.
 *
 * It does not check whether the token was revoked.
 *
 * @throws TypeError, Error, InvalidConfigurationError at once: no scope, an impossible one, or a name that is no option.
 */
export function requiresAuth(options: RequiresAuthOptions = {}): Handler {
  const checkScopes = readScopesCheck(options);

  function authenticateRequest(req: GuardedRequest, res: ServerResponse): void | Promise<void> {
    const auth = readAuth(req);
    if (Authentication.isVerified(auth)) return checkScopes(auth.user);
    const authenticated = authenticate(auth.client, describeRequest(req));
    return isPromiseLike(authenticated)
      ? authenticated.then((found) => accept(found, auth, res))
      : accept(authenticated, auth, res);
  }

  function accept(authenticated: AuthenticatedRequest, auth: RequestAuth, res: ServerResponse): void {
    const { claims, headers } = authenticated;
    if (headers !== undefined) setHeaders(res, headers);
    checkScopes(claims);
    Authentication.accept(auth, authenticated);
  }

  return function requiresAuthMiddleware(req: GuardedRequest, res: ServerResponse, next: NextFunction) {
    guard(req, res, next, authenticateRequest);
  };
}

function readScopesCheck(options: RequiresAuthOptions): ReturnType<typeof createScopesCheck> {
  const { scopes } = readOptions(options, ['scopes'], 'requiresAuth');
  if (scopes !== undefined) return createScopesCheck(scopes, { match: 'all' });
  if (!Object.hasOwn(options, 'scopes')) return () => {};
  throw new TypeError("'scopes' is undefined. Leave it out to ask for a valid token only.");
}

function readAuth(req: GuardedRequest): RequestAuth {
  if (req.auth0?.client !== undefined) return req.auth0;
  throw new Error(
    'Auth0 ApiClient not found on request. app.use(createAuth0Api()) must stand before the routes that use ' +
      'requiresAuth(). Make sure the Auth0 Express API router is registered.',
  );
}
