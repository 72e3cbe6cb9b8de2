import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { createControlRouter, type Control } from './control/router.js';
import { checkHost } from './http/check-host.js';
import { readBodyProblem } from './http/read-request-body.js';
import { createManagementRouter } from './management/router.js';
import { createOAuthRouter } from './oauth/router.js';
import type { Site } from './site.js';
import { TenantError } from './tenant/tenant-error.js';

/** Everything that one listener of a tenant serves, in order. */
export function createServer(site: Site, control: Control, allowedHosts: readonly string[]): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(checkHost(allowedHosts));
  app.use(createOAuthRouter(site));
  app.use('/api/v2', createManagementRouter(site));
  app.use('/local', createControlRouter(site, control));
  app.use(respondNotFound);
  app.use(respondError);
  return app;
}

function respondNotFound(_req: Request, res: Response): void {
  res.status(404).json({ statusCode: 404, error: 'Not Found', message: 'Not Found' });
}

/** What no router has answered itself. Express knows an error handler by its four parameters. */
function respondError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) {
    next(error);
    return;
  }
  const problem = readBodyProblem(error);
  if (problem !== undefined) {
    res
      .status(problem.statusCode)
      .json({ statusCode: problem.statusCode, error: 'Bad Request', message: problem.message });
  } else if (error instanceof TenantError) {
    res
      .status(400)
      .json({ statusCode: 400, error: 'Bad Request', message: error.message, errorCode: error.errorCode });
  } else {
    reportUnexpected(error);
    res
      .status(500)
      .json({ statusCode: 500, error: 'Internal Server Error', message: 'Internal Server Error' });
  }
}

/** A mistake of this program: whoever runs it should see it, and whoever called should not. */
function reportUnexpected(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}
