import { isPromiseLike, refuse } from '@auth0/auth0-api-js/adapter';
import type { NextFunction } from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describeRequest } from './describe-request.js';
import { passesErrors } from './passed-errors.js';
import type { RequestAuth } from './request-auth.js';
import { respond, setHead } from './respond.js';

/** What of a request its checks use, on whatever route. */
export interface GuardedRequest extends IncomingMessage {
  auth0: RequestAuth;
}

/** Decides about a request. It returns if the request may pass. */
export type RequestCheck = (req: GuardedRequest, res: ServerResponse) => void | Promise<void>;

/**
 * Runs a check and goes on to the next handler, in the same tick if the check does not have to wait. A refusal or an
 * outage is answered; anything else goes to the error handler.
 *
 * @param check - Made once for all requests of a route.
 */
export function guard(
  req: GuardedRequest,
  res: ServerResponse,
  next: NextFunction,
  check: RequestCheck,
): void {
  let checked: void | Promise<void>;
  try {
    checked = check(req, res);
  } catch (error) {
    fail(error, req, res, next);
    return;
  }
  if (isPromiseLike(checked)) {
    checked
      .then(
        () => next(),
        (error: unknown) => fail(error, req, res, next),
      )
      .then(undefined, next);
  } else next();
}

function fail(error: unknown, req: GuardedRequest, res: ServerResponse, next: NextFunction): void {
  const answer = refuse(error, req.auth0?.client, describeRequest(req).authorization);
  if (answer === undefined) {
    next(readError(error));
    return;
  }
  // If something else has answered already, that stands.
  if (res.headersSent) return;
  if (!passesErrors(req.auth0?.client)) {
    respond(res, answer);
    return;
  }
  setHead(res, answer);
  next(error);
}

/** To Express, `undefined` is no error, and `'route'` says where to go on: the application's functions may throw both. */
function readError(thrown: unknown): object {
  if (typeof thrown === 'object' && thrown !== null) return thrown;
  return new TypeError(
    'A function of the application, in an option of createAuth0Api(), threw what is no error',
  );
}
