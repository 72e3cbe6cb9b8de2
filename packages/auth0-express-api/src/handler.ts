import type { NextFunction, Request, Response } from 'express';

/**
 * A middleware that fits every route: it takes whatever parameters, bodies and queries the route has, and leaves it to
 * the route to say which they are.
 */
export interface Handler {
  <Params, ResBody, ReqBody, Query, Locals extends Record<string, unknown>>(
    req: Request<Params, ResBody, ReqBody, Query, Locals>,
    res: Response<ResBody, Locals>,
    next: NextFunction,
  ): void;
}
