import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Site } from '../../site.js';
import { OAuthError } from '../oauth-error.js';

/** What browsers say of a form of this very site, and of one that the user sends again by reloading. */
const ownSites: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Lets only the tenant's own pages post to it: browsers say where a form came from (`Sec-Fetch-Site`, `Origin`). What
 * says neither is no browser of today, and stopped by the cookie its transaction needs.
 */
export function checkFormOrigin({ issuer, isSecure }: Site): RequestHandler {
  const issuerOrigin = new URL(issuer).origin;
  return function checkFormOriginMiddleware(req: Request, _res: Response, next: NextFunction) {
    const { origin, host } = req.headers;
    const fetchSite = req.headers['sec-fetch-site'];
    const own = `${isSecure ? 'https' : 'http'}://${host}`;
    const isOwnOrigin = origin === undefined || origin === own || origin === issuerOrigin;
    if (isOwnOrigin && (typeof fetchSite !== 'string' || ownSites.has(fetchSite))) {
      next();
      return;
    }
    throw new OAuthError({
      statusCode: 403,
      error: 'access_denied',
      description: 'This form was sent from another site. Go back to the application and start again.',
    });
  };
}
