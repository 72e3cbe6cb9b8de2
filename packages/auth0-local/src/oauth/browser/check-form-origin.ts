import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { createOwnPageTest } from '../../http/create-own-page-test.js';
import type { Site } from '../../site.js';
import { OAuthError } from '../oauth-error.js';

/** What browsers say of a form of this very site, and of one that the user sends again by reloading. */
const ownSites = ['same-origin', 'none'];

/** Lets only the tenant's own pages post to it. What no browser has sent is stopped by the cookie its transaction needs. */
export function checkFormOrigin(site: Site): RequestHandler {
  const isOwnPage = createOwnPageTest(site, ownSites);
  return function checkFormOriginMiddleware(req: Request, _res: Response, next: NextFunction) {
    if (isOwnPage(req)) {
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
