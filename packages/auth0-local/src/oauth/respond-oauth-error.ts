import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express';
import { logRequest } from '../http/log-request.js';
import { readBodyProblem } from '../http/read-request-body.js';
import type { LogEntry } from '../log/tenant-log.js';
import type { Site } from '../site.js';
import { OAuthError } from './oauth-error.js';

/**
 * Answers what an endpoint for programs refuses, and writes it to the log (RFC 6749 section 5.2).
 *
 * @param isForOwner - Whether the answer has the command that fixes it and the id of the event, which are nobody else's
 * business.
 */
export function respondOAuthError(site: Site, isForOwner = false): ErrorRequestHandler {
  return function respondOAuthErrorMiddleware(
    error: unknown,
    req: Request,
    res: Response,
    next: NextFunction,
  ) {
    const refusal = readRefusal(error);
    if (refusal === undefined || res.headersSent) {
      next(error);
      return;
    }
    const { message: description, log, details } = refusal;
    const entry = details.isExpected
      ? undefined
      : logRequest(site, req, { type: 'feoobft', description, ...log });
    if (details.challenge !== undefined) res.set('WWW-Authenticate', details.challenge);
    res.status(refusal.statusCode).json({ ...refusal.toJSON(), ...(isForOwner && readForOwner(entry)) });
  };
}

/** The command as the log has it, which leaves out what nobody should paste into a terminal. */
function readForOwner(entry: LogEntry | undefined): Pick<LogEntry, 'log_id' | 'fix'> | undefined {
  if (entry === undefined) return undefined;
  const { log_id: id, fix } = entry;
  return { log_id: id, ...(fix !== undefined && { fix }) };
}

function readRefusal(error: unknown): OAuthError | undefined {
  if (error instanceof OAuthError) return error;
  const problem = readBodyProblem(error);
  if (problem === undefined) return undefined;
  const { statusCode, message: description } = problem;
  return new OAuthError({ statusCode, error: 'invalid_request', description });
}
