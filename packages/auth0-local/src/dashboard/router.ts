import { Router, type NextFunction, type Request, type Response } from 'express';
import type { Control } from '../control/router.js';
import { ManagementError } from '../management/management-error.js';
import { readRefusal } from '../management/read-refusal.js';
import { createManagementRouter } from '../management/router.js';
import type { Site } from '../site.js';
import type { DashboardAudience } from './audience.js';
import { serveExplain } from './explain.js';
import { serveApp } from './serve-app.js';
import { serveEvents } from './events.js';
import { serveRequests } from './send-request.js';
import { serveTestToken } from './test-token.js';
import { sessionAccess } from './session-access.js';
import { createDashboardSession } from './session.js';
import { setPageHeaders } from './set-page-headers.js';

/** What the Dashboard is served with. */
export interface DashboardSetup {
  readonly control: Control;
  readonly audience: DashboardAudience;
  /** Where the tenant listens, over http and https. */
  readonly ownPorts: readonly number[];
}

/** The Dashboard at `/dashboard`, and the way there: its page, and what the page alone may ask. */
export function createDashboardRouter(site: Site, setup: DashboardSetup): Router {
  const router = Router();
  router.get('/', (_req, res) => {
    res.set('Cache-Control', 'no-store').redirect('/dashboard');
  });
  router.use('/dashboard', createPageRouter(site, setup));
  return router;
}

function createPageRouter(site: Site, setup: DashboardSetup): Router {
  const router = Router();
  const session = createDashboardSession(site, setup.audience);
  router.use(setPageHeaders);
  router.post('/session', ...session.start);
  router.use('/api', ...session.require, createApiRouter(site, setup));
  router.use('/api', respondRefusal);
  router.use('/session', respondRefusal);
  serveApp(router);
  return router;
}

/** What the page asks, all of it with its session. */
function createApiRouter(site: Site, { control, ownPorts }: DashboardSetup): Router {
  const router = Router();
  router.get('/status', (_req, res) => {
    // Where the page is, as the tokens that are issued there have it.
    res.json({ ...control.status(), issuer: site.issuer, domain: new URL(site.issuer).origin });
  });
  serveTestToken(router, site);
  serveRequests(router, ownPorts);
  serveEvents(router, site);
  serveExplain(router, site);
  router.use('/v2', createManagementRouter(site, sessionAccess));
  router.use(refuseUnknownPath);
  return router;
}

function refuseUnknownPath(): void {
  throw new ManagementError({ statusCode: 404, message: 'Not Found' });
}

/** Express knows an error handler by its four parameters. */
function respondRefusal(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  const refusal = readRefusal(error);
  if (refusal === undefined || res.headersSent) next(error);
  else res.status(refusal.statusCode).json(refusal);
}
