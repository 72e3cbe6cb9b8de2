import {
  createClaimIncludesCheck,
  type ClaimAuthOptions,
  type JSONPrimitive,
} from '@auth0/auth0-api-js/adapter';
import type { NextFunction } from 'express';
import type { ServerResponse } from 'node:http';
import { guard, type GuardedRequest } from './guard.js';
import type { Handler } from './handler.js';
import { readUser } from './read-user.js';

/**
 * Requires a claim of the token that `requiresAuth()` has verified before to hold all of the values: a list that has
 * them, or a string that has them as words. Otherwise 401 `invalid_token`.
 *
 * The values are a list, or arguments of their own: `claimIncludes('roles', ['a', 'b'])`, `claimIncludes('roles', 'a', 'b')`.
 *
 * @throws TypeError at once: the claim is no name, or a value none that JSON can hold, or there is none.
 */
export function claimIncludes(
  claim: string,
  expected: readonly JSONPrimitive[],
  options?: ClaimAuthOptions,
): Handler;
export function claimIncludes(claim: string, ...expected: JSONPrimitive[]): Handler;
export function claimIncludes(claim: string, ...rest: unknown[]): Handler {
  const { expected, options } = readArguments(rest);
  const check = createClaimIncludesCheck(claim, expected, options);
  const checkUser = (req: GuardedRequest): void => check(readUser(req, 'claimIncludes'));

  return function claimIncludesMiddleware(req: GuardedRequest, res: ServerResponse, next: NextFunction) {
    guard(req, res, next, checkUser);
  };
}

function readArguments(rest: unknown[]): { expected: JSONPrimitive[]; options: ClaimAuthOptions } {
  const [first, second] = rest;
  if (Array.isArray(first)) return { expected: first, options: (second ?? {}) as ClaimAuthOptions };
  return { expected: rest as JSONPrimitive[], options: {} };
}
