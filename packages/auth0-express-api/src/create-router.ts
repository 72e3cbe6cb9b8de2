import type { ApiClient } from '@auth0/auth0-api-js';
import { Router, type NextFunction, type Request, type Response } from 'express';
import { Authentication } from './authentication.js';

/** What Express calls a router by, in both of its versions. Its types do not name it. */
interface HandlingRouter {
  handle: (req: Request, res: Response, next: NextFunction) => void;
}

/**
 * Creates a router that sets `req.auth0` on every request.
 *
 * It is set where the router begins, and not by a middleware inside of it: as long as nothing else stands in the router,
 * Express need not go through it, which would take longer than to authenticate a request.
 */
export function createRouter(client: ApiClient): Router {
  const router = Router();
  const { handle } = router as unknown as HandlingRouter;
  const attach = (req: Request, res: Response, next: NextFunction): void => {
    // Mounted twice, it must not forget who was authenticated: a proof is good once.
    if (req.auth0?.client !== client) req.auth0 = new Authentication(client);
    if (router.stack.length === 0) next();
    else handle.call(router, req, res, next);
  };
  return Object.assign(router, { handle: attach });
}
