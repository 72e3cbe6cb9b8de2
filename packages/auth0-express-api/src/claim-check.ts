import {
  createClaimCheck,
  reportMisuse,
  type ClaimAuthOptions,
  type ClaimCheckResult,
} from '@auth0/auth0-api-js/adapter';
import type { NextFunction, Request } from 'express';
import type { ServerResponse } from 'node:http';
import { guard, type GuardedRequest } from './guard.js';
import type { Handler } from './handler.js';
import { readUser } from './read-user.js';
import type { Token } from './token.js';

/** A decision of the application's own about a request and its verified claims. Only `true` lets it pass. */
export type ClaimCheckFunction = (req: Request, token: Token) => ClaimCheckResult;

/**
 * Requires the application's own function to agree to a request that `requiresAuth()` has verified before. Otherwise,
 * and also if the function throws, 401 `invalid_token`.
 *
 * @param options - What the caller reads when the function does not agree, alone or as `{ errorMessage }`.
 * @throws TypeError at once: `fn` is no function.
 */
export function claimCheck(fn: ClaimCheckFunction, options: string | ClaimAuthOptions = {}): Handler {
  const check = createClaimCheck(fn, options);

  const checkUser = (req: GuardedRequest): void | Promise<void> =>
    check(req as Request, readUser(req, 'claimCheck'), (reason, message) =>
      reportMisuse(reason, message, req.auth0?.client),
    );

  return function claimCheckMiddleware(req: GuardedRequest, res: ServerResponse, next: NextFunction) {
    guard(req, res, next, checkUser);
  };
}
