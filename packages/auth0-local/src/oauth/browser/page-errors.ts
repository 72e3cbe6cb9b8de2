import type { ErrorRequestHandler, NextFunction, Request, Response, Router } from 'express';
import { logRequest } from '../../http/log-request.js';
import { readBodyProblem } from '../../http/read-request-body.js';
import { errorPage } from '../../pages/error-page.js';
import { sendPage } from '../../pages/send-page.js';
import type { Site } from '../../site.js';
import { shownHost } from './exchange.js';
import { OAuthError } from '../oauth-error.js';

const pagePaths = ['/authorize', '/u', '/activate', '/oidc/logout', '/v2/logout'];

/** Errors of every endpoint that answers with pages. */
export function servePageErrors(router: Router, site: Site): void {
  router.use(pagePaths, respondPageError(site));
}

/** Shows and logs what no application may be told of, or none is known for. */
function respondPageError(site: Site): ErrorRequestHandler {
  const host = shownHost(site);
  return function respondPageErrorMiddleware(
    error: unknown,
    req: Request,
    res: Response,
    next: NextFunction,
  ) {
    const problem = readBodyProblem(error);
    if (error instanceof OAuthError && !res.headersSent) {
      const { message: description, statusCode: status, log } = error;
      logRequest(site, req, { type: 'f', description, ...log }, { hasSafeFix: true });
      const hasFix = log.fix !== undefined;
      sendPage(res, errorPage({ host, error: error.error, description, hasFix }), { status });
    } else if (problem !== undefined && !res.headersSent) {
      sendPage(res, errorPage({ host, description: problem.message }), { status: problem.statusCode });
    } else {
      next(error);
    }
  };
}
