import { createScopesCheck, type ScopesIncludeOptions } from '@auth0/auth0-api-js/adapter';
import type { RequestHandler } from 'express';
import { guard } from './guard.js';
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
): RequestHandler {
  const check = createScopesCheck(scopes, options);

  return function scopesIncludeMiddleware(req, res, next) {
    guard(req, res, next, () => check(readUser(req, 'scopesInclude')));
  };
}
