import type { Router } from 'express';
import { logRequest } from '../../http/log-request.js';
import { readFormBody } from '../../http/read-request-body.js';
import { logoutPage } from '../../pages/logout-page.js';
import { noticePage } from '../../pages/notice-page.js';
import { sendPage } from '../../pages/send-page.js';
import type { Site } from '../../site.js';
import { appendQuery } from '../browser/append-parameters.js';
import { checkFormOrigin } from '../browser/check-form-origin.js';
import { shownHost, type Exchange } from '../browser/exchange.js';
import { readLogout, type LogoutRequest } from './read-logout.js';
import { readParameters } from '../request/read-parameters.js';
import { redirect } from '../browser/redirect.js';
import { endSession, readSession, type Session } from '../login/session.js';

/**
 * `/oidc/logout` (OpenID Connect RP-Initiated Logout 1.0), which asks the user unless a hint shows that the request is
 * about this very login, and `/v2/logout`, which never asks.
 */
export function serveLogout(router: Router, site: Site): void {
  router.get('/oidc/logout', (req, res) => logOutOrAsk({ site, req, res }, req.query));
  router.post('/oidc/logout', readFormBody, (req, res) => logOutOrAsk({ site, req, res }, req.body));
  router.post('/u/logout', checkFormOrigin(site), readFormBody, async (req, res) => {
    const exchange = { site, req, res };
    logOut(exchange, await readLogout(exchange, readParameters(req.body), 'post_logout_redirect_uri'));
  });
  router.get('/v2/logout', async (req, res) => {
    const exchange = { site, req, res };
    logOut(exchange, await readLogout(exchange, readParameters(req.query), 'returnTo'));
  });
}

async function logOutOrAsk(exchange: Exchange, source: unknown): Promise<void> {
  const parameters = readParameters(source);
  const request = await readLogout(exchange, parameters, 'post_logout_redirect_uri');
  const session = readSession(exchange);
  if (session === undefined || isAbout(request, session)) {
    logOut(exchange, request);
    return;
  }
  const page = logoutPage({
    host: shownHost(exchange.site),
    email: session.user.email,
    parameters: Object.fromEntries(parameters.values),
  });
  const { redirectUri } = request;
  sendPage(exchange.res, page, { formTargets: redirectUri === undefined ? [] : [redirectUri] });
}

/** Whether the application knows something of this login, which a page that only wants to annoy does not. */
function isAbout({ hint, logoutHint }: LogoutRequest, { user, sid }: Session): boolean {
  if (logoutHint === sid) return true;
  return hint !== undefined && hint.userId === user.user_id && (hint.sid === undefined || hint.sid === sid);
}

function logOut(exchange: Exchange, { clientId, redirectUri, state }: LogoutRequest): void {
  const { site, req, res } = exchange;
  const user = readSession(exchange)?.user;
  endSession(exchange);
  logRequest(site, req, {
    type: 'slo',
    ...(clientId !== undefined && { client_id: clientId }),
    ...(user !== undefined && { user_id: user.user_id, user_name: user.email }),
  });
  if (redirectUri === undefined) {
    const page = noticePage({
      host: shownHost(site),
      title: 'You are logged out',
      text: 'You can close this window.',
      isDone: true,
    });
    sendPage(res, page);
    return;
  }
  redirect(exchange, appendQuery(redirectUri, state === undefined ? {} : { state }));
}
