import type { Request, Response, Router } from 'express';
import { readFormBody } from '../../http/read-request-body.js';
import type { Site } from '../../site.js';
import { readParameters } from '../request/read-parameters.js';
import { readSession } from '../login/session.js';
import { answerRequest } from './answer-request.js';

/** `/authorize`, with its parameters in the query or in a form (OpenID Connect Core section 3.1.2.1). */
export function serveAuthorize(router: Router, site: Site): void {
  router.get('/authorize', (req, res) => answer(req, res, req.query));
  router.post('/authorize', readFormBody, (req, res) => answer(req, res, req.body));

  function answer(req: Request, res: Response, source: unknown): void {
    const exchange = { site, req, res };
    answerRequest({
      exchange,
      parameters: readParameters(source),
      session: readSession(exchange),
      progress: { hasLoggedIn: false, hasConsented: false },
    });
  }
}
