import {
  createClaimEqualsCheck,
  type ClaimAuthOptions,
  type JSONPrimitive,
} from '@auth0/auth0-api-js/adapter';
import type { RequestHandler } from 'express';
import { guard } from './guard.js';
import { readUser } from './read-user.js';

/**
 * Requires a claim of the token that `requiresAuth()` has verified before to equal a value, strictly. Otherwise 401
 * `invalid_token`.
 *
 * @throws TypeError at once: the claim is no name, or the value none that JSON can hold.
 */
export function claimEquals(
  claim: string,
  value: JSONPrimitive,
  options: ClaimAuthOptions = {},
): RequestHandler {
  const check = createClaimEqualsCheck(claim, value, options);

  return function claimEqualsMiddleware(req, res, next) {
    guard(req, res, next, () => check(readUser(req, 'claimEquals')));
  };
}
