import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Site } from '../site.js';
import { isAllowedOrigin } from '../tenant/applications.js';

/**
 * Lets pages of the applications' allowed origins call an endpoint (CORS, Fetch Standard section 3.2). Pages of other
 * origins get no header, and their browser keeps the answer from them.
 *
 * @param methods - What the endpoint can do.
 */
export function allowOrigins({ tenant }: Site, methods: readonly string[]): RequestHandler {
  return function allowOriginsMiddleware(req: Request, res: Response, next: NextFunction) {
    const { origin } = req.headers;
    res.vary('Origin');
    const isAllowed = origin !== undefined && isAllowedOrigin(tenant, origin);
    if (isAllowed) {
      res.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After, DPoP-Nonce',
      });
    }
    if (req.method !== 'OPTIONS') {
      next();
      return;
    }
    if (isAllowed) {
      res.set({
        'Access-Control-Allow-Methods': methods.join(', '),
        // The wildcard does not cover the first of them.
        'Access-Control-Allow-Headers': 'Authorization, Content-Type, Auth0-Client, DPoP, *',
        'Access-Control-Max-Age': '600',
      });
    }
    res.status(204).end();
  };
}
