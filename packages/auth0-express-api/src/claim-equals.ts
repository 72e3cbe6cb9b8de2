import {
  createClaimEqualsCheck,
  type ClaimAuthOptions,
  type JSONPrimitive,
} from '@auth0/auth0-api-js/adapter';
import type { NextFunction } from 'express';
import type { ServerResponse } from 'node:http';
import { guard, type GuardedRequest } from './guard.js';
import type { Handler } from './handler.js';
import { readUser } from './read-user.js';

/**
 * Requires a claim of the token that `requiresAuth()` has verified before to equal a value, strictly. Otherwise 401
 * `invalid_token`.
 *
 * @throws TypeError at once: the claim is no name, or the value none that JSON can hold.
 */
export function claimEquals(claim: string, value: JSONPrimitive, options: ClaimAuthOptions = {}): Handler {
  const check = createClaimEqualsCheck(claim, value, options);
  const checkUser = (req: GuardedRequest): void => check(readUser(req, 'claimEquals'));

  return function claimEqualsMiddleware(req: GuardedRequest, res: ServerResponse, next: NextFunction) {
    guard(req, res, next, checkUser);
  };
}
