import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Site } from '../site.js';
import { ManagementError } from './management-error.js';

/** Refuses the pages of other origins, whatever token they have, and never tells a browser that they may read the answer. */
export function checkOrigin({ url, issuer }: Site): RequestHandler {
  const own = new Set([url, new URL(issuer).origin]);
  return function checkOriginMiddleware(req: Request, _res: Response, next: NextFunction) {
    const { origin } = req.headers;
    if (origin === undefined || own.has(origin)) {
      next();
      return;
    }
    throw new ManagementError({
      statusCode: 403,
      message: 'Pages of other origins cannot use the Management API. Call it from a server or a terminal.',
      errorCode: 'origin_not_allowed',
    });
  };
}
