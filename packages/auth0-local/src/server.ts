import { STATUS_CODES } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { createControlRouter, type Control } from './control/router.js';
import { createDashboardRouter } from './dashboard/router.js';
import type { DashboardAudience } from './dashboard/audience.js';
import { checkHost } from './http/check-host.js';
import { readBodyProblem } from './http/read-request-body.js';
import { createManagementRouter } from './management/router.js';
import { createOAuthRouter } from './oauth/router.js';
import { createWelcomeRouter } from './pages/create-welcome-router.js';
import type { Site } from './site.js';
import { TenantError } from './tenant/tenant-error.js';

/** How a listener is served. */
export interface ServerSetup {
  readonly control: Control;
  /** The host names that requests may be sent to, beside the loopback ones. */
  readonly allowedHosts: readonly string[];
  readonly dashboard: DashboardAudience;
  /** Of all listeners of the tenant. */
  readonly ports: readonly number[];
}

/** Everything that one listener of a tenant serves, in order. */
export function createServer(site: Site, { control, allowedHosts, dashboard, ports }: ServerSetup): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(checkHost(allowedHosts));
  app.use(createOAuthRouter(site));
  app.use('/api/v2', createManagementRouter(site));
  app.use('/local', createControlRouter(site, control));
  if (dashboard === 'off') app.use(createWelcomeRouter(site));
  else app.use(createDashboardRouter(site, { control, audience: dashboard, ownPorts: ports }));
  app.use(respondNotFound);
  app.use(respondError);
  return app;
}

function respondNotFound(_req: Request, res: Response): void {
  respondWith(res, 404, 'Not Found');
}

/** What no router has answered itself. Express knows an error handler by its four parameters. */
function respondError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) {
    next(error);
    return;
  }
  // The caller has gone, or the tenant is closing: there is nobody to answer.
  if (res.destroyed) return;
  const problem = readBodyProblem(error) ?? readRequestProblem(error);
  if (problem !== undefined) respondWith(res, problem.statusCode, problem.message);
  else if (error instanceof TenantError) respondWith(res, 400, error.message, error.errorCode);
  else {
    reportUnexpected(error);
    respondWith(res, 500, 'Internal Server Error');
  }
}

/** What Express says of a path that cannot be decoded, and of a part of a file that is not there. */
function readRequestProblem(error: unknown): { statusCode: number; message: string } | undefined {
  const { status: statusCode = 500 } = error as { status?: number };
  if (![400, 412, 416].includes(statusCode)) return undefined;
  return { statusCode, message: STATUS_CODES[statusCode] ?? '' };
}

function respondWith(res: Response, statusCode: number, message: string, errorCode?: string): void {
  res.status(statusCode).json({ statusCode, error: STATUS_CODES[statusCode], message, errorCode });
}

/** A mistake of this program: whoever runs it should see it, and whoever called should not. */
function reportUnexpected(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}
