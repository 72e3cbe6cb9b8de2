import { createScopesCheck, type ScopesIncludeOptions } from '@auth0/auth0-api-js/adapter';
import type { NextFunction } from 'express';
import type { ServerResponse } from 'node:http';
import { guard, type GuardedRequest } from './guard.js';
import type { Handler } from './handler.js';
import { readUser } from './read-user.js';

/**
 * Requires scopes of the token that `requiresAuth()` has verified before: any one of them, or all with
 * `{ match: 'all' }` (RFC 6750 section 3.1). A token without them gets 403 `insufficient_scope`.
 *
 * @param scopes - A list, or a string with spaces between the scopes.
 * @throws TypeError, Error, InvalidConfigurationError at once: no scope, or an impossible one.
 */
export function scopesInclude(
  scopes: string | readonly string[],
  options: ScopesIncludeOptions = {},
): Handler {
  const check = createScopesCheck(scopes, options);
  const checkUser = (req: GuardedRequest): void => check(readUser(req, 'scopesInclude'));

  return function scopesIncludeMiddleware(req: GuardedRequest, res: ServerResponse, next: NextFunction) {
    guard(req, res, next, checkUser);
  };
}
