import { authenticate, createScopesCheck, readOptions, whenReady } from '@auth0/auth0-api-js/adapter';
import type { ApiClient } from '@auth0/auth0-api-js';
import type { NextFunction } from 'express';
import type { ServerResponse } from 'node:http';
import { describeRequest } from './describe-request.js';
import { guard, type GuardedRequest } from './guard.js';
import type { Handler } from './handler.js';
import { setHeaders } from './respond.js';
import type { RequestAuth } from './request-auth.js';
import type { Token } from './token.js';

/** What `requiresAuth()` asks for beyond a valid token. */
export interface RequiresAuthOptions {
  /** Scopes the token must have, all of them: a list, or a string with spaces between them. */
  scopes?: string | readonly string[];
}

/** Which requests have been authenticated, and by which client: a second `requiresAuth()` only checks its scopes. */
const authenticated = new WeakMap<RequestAuth, ApiClient>();

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

  return function requiresAuthMiddleware(req: GuardedRequest, res: ServerResponse, next: NextFunction) {
    guard(req, res, next, () => {
      const auth = readAuth(req);
      if (authenticated.get(auth) === auth.client) return checkScopes(auth.user);
      return whenReady(authenticate(auth.client, describeRequest(req)), ({ token, claims, headers }) => {
        if (headers !== undefined) setHeaders(res, headers);
        checkScopes(claims);
        auth.user = claims as Token;
        Object.defineProperty(auth, 'token', {
          value: token,
          enumerable: false,
          writable: true,
          configurable: true,
        });
        authenticated.set(auth, auth.client);
      });
    });
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
