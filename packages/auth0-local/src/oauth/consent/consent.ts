import type { Router } from 'express';
import { readFormBody } from '../../http/read-request-body.js';
import { consentPage } from '../../pages/consent-page.js';
import { sendPage } from '../../pages/send-page.js';
import type { Site } from '../../site.js';
import { recordConsent } from '../../tenant/consents.js';
import { checkFormOrigin } from '../browser/check-form-origin.js';
import { continueTransaction } from '../login/continue-transaction.js';
import { readScopes } from '../scopes/decide-scopes.js';
import { describeAccess, type Access } from './describe-access.js';
import { describeConsent } from './describe-consent.js';
import { shownHost, type Exchange } from '../browser/exchange.js';
import { formTargets } from '../login/form-targets.js';
import { findTransaction, type LoginTransaction } from '../login/login-transaction.js';
import { OAuthError } from '../oauth-error.js';
import { readParameters } from '../request/read-parameters.js';
import { readSession, type Session } from '../login/session.js';

/** `/u/consent`: whether the user lets an application have what it asks for. */
export function serveConsent(router: Router, site: Site): void {
  router.get('/u/consent', (req, res) => askForConsent({ site, req, res }));
  router.post('/u/consent', checkFormOrigin(site), readFormBody, (req, res) => {
    decideConsent({ site, req, res });
  });
}

/** What a consent is about, if the user who was asked is still the one who is logged in. */
interface Question {
  readonly transaction: LoginTransaction;
  readonly session: Session | undefined;
  readonly access: Access | undefined;
}

function readQuestion(exchange: Exchange, source: unknown): Question {
  const { tenant } = exchange.site;
  const transaction = findTransaction(exchange, readParameters(source).values.get('state'));
  const current = readSession(exchange);
  const { purpose, clientId, sid } = transaction;
  const session = current?.sid === sid ? current : undefined;
  if (purpose.type !== 'authorize' || session === undefined)
    return { transaction, session, access: undefined };
  const { audience, scope } = purpose.parameters;
  const access = describeAccess(tenant, clientId, { audience, scopes: readScopes(scope) }, session.user);
  return { transaction, session, access };
}

function askForConsent(exchange: Exchange): void {
  const { site, req, res } = exchange;
  const { transaction, session, access } = readQuestion(exchange, req.query);
  if (session === undefined || access === undefined) {
    continueTransaction(exchange, transaction, { session });
    return;
  }
  const page = consentPage({
    host: shownHost(site),
    application: access.application.name,
    email: session.user.email,
    api: access.api,
    scopes: access.scopes,
    transaction: transaction.secret,
  });
  sendPage(res, page, { formTargets: formTargets(site.tenant, transaction) });
}

function decideConsent(exchange: Exchange): void {
  const { tenant } = exchange.site;
  const { transaction, session, access } = readQuestion(exchange, exchange.req.body);
  const { values } = readParameters(exchange.req.body);
  if (session === undefined || access === undefined) {
    continueTransaction(exchange, transaction, { session });
  } else if (values.get('action') === 'accept') {
    const { application, api, scopes } = access;
    recordConsent(tenant, describeConsent(session.user, application, api, scopes));
    continueTransaction(exchange, transaction, { session, hasConsented: true });
  } else {
    const refusal = new OAuthError({
      statusCode: 403,
      error: 'access_denied',
      description: 'User did not authorize the request',
    });
    continueTransaction(exchange, transaction, { session, refusal });
  }
}
