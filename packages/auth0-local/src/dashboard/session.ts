import type { Request, RequestHandler, Response } from 'express';
import { forbidStoring } from '../http/cache-control.js';
import { createOwnPageTest } from '../http/create-own-page-test.js';
import { isLoopbackHost } from '../is-loopback-host.js';
import { isSameSecret } from '../is-same-secret.js';
import { ManagementError } from '../management/management-error.js';
import type { Site } from '../site.js';
import { randomSecret } from '../tenant/ids.js';
import type { DashboardAudience } from './audience.js';
import { isLocalCaller } from './is-local-caller.js';
import { readCookies } from './read-cookies.js';

/** What lets the Dashboard's page, and nothing else, use the tenant. */
export interface DashboardSession {
  /** `POST /dashboard/session`: gives the page its cookie. */
  readonly start: readonly RequestHandler[];
  /** Stops what has no session. */
  readonly require: readonly RequestHandler[];
}

/**
 * The session of a listener's pages. It is good as long as the process: after a restart the page asks for another one.
 *
 * Cookies know no ports, so that other servers of this host may see this one. It is worth nothing to their pages, which
 * are of another origin; a server itself can send what a browser does, and nothing here keeps it out.
 */
export function createDashboardSession(site: Site, audience: DashboardAudience): DashboardSession {
  const secret = randomSecret(32);
  const name = cookieName(site);
  const isOwnPage = createOwnPageTest(site, ['same-origin']);

  const checkPage: RequestHandler = function checkPageMiddleware(req, _res, next) {
    if (!isOwnPage(req)) throw refuse('The Dashboard can be used by its own page only.');
    if (audience === 'loopback' && !isLocalCaller(req)) {
      throw refuse(
        'The Dashboard opens only on the machine of the tenant, at a loopback address like http://localhost. To open it to all who reach the tenant: auth0 local start --dashboard anywhere',
      );
    }
    next();
  };
  const checkAsksItself: RequestHandler = function checkAsksItselfMiddleware(req, _res, next) {
    const { origin, 'sec-fetch-site': fetchSite } = req.headers;
    // What says neither could be anything that reaches this machine.
    if (origin === undefined && fetchSite === undefined && doesBrowserSay(site, req))
      throw refuse(
        'The Dashboard can be used by its own page only: Origin and Sec-Fetch-Site say nothing of it. Programs use the Management API at /api/v2 with a token.',
      );
    next();
  };
  const checkCookie: RequestHandler = function checkCookieMiddleware(req, _res, next) {
    // Other servers of this host can set one of the same name, which may come first.
    if (!readCookies(req, name).some((value) => isSameSecret(value, secret))) {
      throw new ManagementError({
        statusCode: 401,
        message:
          'The Dashboard has no session. Reload the page. If that does not help, let the browser keep cookies of this address, or delete those that it has.',
        errorCode: 'session_required',
      });
    }
    next();
  };
  const start = function startSession(_req: Request, res: Response): void {
    res.cookie(name, secret, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/dashboard',
      secure: site.isSecure,
    });
    res.status(204).end();
  };
  return {
    start: [forbidStoring, checkPage, checkAsksItself, start],
    require: [forbidStoring, checkPage, checkAsksItself, checkCookie],
  };
}

/**
 * Whether every browser says where such a request comes from: always to localhost and over TLS, and elsewhere, where the
 * Dashboard is open to others, with all but reading (Fetch Metadata section 3, Fetch Standard section 3.1).
 */
function doesBrowserSay({ isSecure }: Site, { method, headers }: Request): boolean {
  return isSecure || method !== 'GET' || isLoopbackHost(new URL(`http://${headers.host}`).hostname);
}

function refuse(message: string): ManagementError {
  return new ManagementError({ statusCode: 403, message, errorCode: 'dashboard_only' });
}

function cookieName({ url, isSecure }: Site): string {
  return `${isSecure ? '__Secure-' : ''}auth0-local-dashboard-${new URL(url).port}`;
}
