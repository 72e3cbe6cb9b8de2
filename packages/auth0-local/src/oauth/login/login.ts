import type { Router } from 'express';
import type { LogInput } from '../../log/tenant-log.js';
import { readFormBody } from '../../http/read-request-body.js';
import { loginPage, type LoginPageParts } from '../../pages/login-page.js';
import { sendPage } from '../../pages/send-page.js';
import type { Site } from '../../site.js';
import { attemptLogin } from '../../tenant/attempt-login.js';
import { checkFormOrigin } from '../browser/check-form-origin.js';
import { continueTransaction } from './continue-transaction.js';
import { shownHost, type Exchange } from '../browser/exchange.js';
import { fixBlockedUser, fixPassword, fixUnknownUser } from '../fixes.js';
import { formTargets } from './form-targets.js';
import { findTransaction, noteLogin, type LoginTransaction } from './login-transaction.js';
import { OAuthError } from '../oauth-error.js';
import { readParameters } from '../request/read-parameters.js';
import { startSession } from './session.js';

/** `/u/login`: email and password. */
export function serveLogin(router: Router, site: Site): void {
  router.get('/u/login', (req, res) => {
    const exchange = { site, req, res };
    const { values } = readParameters(req.query);
    showLogin(exchange, findTransaction(exchange, values.get('state')));
  });
  router.post('/u/login', checkFormOrigin(site), readFormBody, async (req, res) => {
    await logIn({ site, req, res });
  });
}

async function logIn(exchange: Exchange): Promise<void> {
  const { tenant } = exchange.site;
  const { values } = readParameters(exchange.req.body);
  const secret = values.get('state');
  const transaction = findTransaction(exchange, secret);
  const email = values.get('email')?.trim() ?? '';
  const password = values.get('password');
  if (email === '' || password === undefined) {
    const errors = {
      ...(email === '' && { email: 'Enter your email.' }),
      ...(password === undefined && { password: 'Enter your password.' }),
    };
    showLogin(exchange, transaction, { email, errors });
    return;
  }

  const attempt = await attemptLogin(tenant, email, password);
  // The wait was long enough for the same form to be sent twice: only what is still open goes on.
  findTransaction(exchange, secret);
  const about = describeLogin(exchange, transaction, email);
  switch (attempt.outcome) {
    case 'unknown_email':
      tenant.log.write({ type: 'fu', ...about, fix: fixUnknownUser(email) });
      showLogin(exchange, transaction, { email, errors: { password: wrong } });
      break;
    case 'wrong_password':
      tenant.log.write({ type: 'fp', ...about, fix: fixPassword(attempt.user.user_id) });
      showLogin(exchange, transaction, { email, errors: { password: wrong } });
      break;
    case 'blocked': {
      const refusal = new OAuthError({
        statusCode: 403,
        error: 'unauthorized',
        description: 'user is blocked',
        log: { ...about, user_id: attempt.user.user_id, fix: fixBlockedUser(attempt.user.user_id) },
      });
      continueTransaction(exchange, transaction, { session: undefined, refusal });
      break;
    }
    case 'success': {
      const session = startSession(exchange, attempt.user);
      noteLogin(exchange, transaction, session);
      continueTransaction(exchange, { ...transaction, sid: session.sid }, { session });
    }
  }
}

/** The same words for an unknown email and a wrong password: nobody learns who has an account. */
const wrong = 'Wrong email or password.';

function showLogin(
  exchange: Exchange,
  transaction: LoginTransaction,
  { errors, email }: Pick<LoginPageParts, 'errors' | 'email'> = {},
): void {
  const { site, res } = exchange;
  const { tenant } = site;
  const { purpose, clientId, secret } = transaction;
  const hint = purpose.type === 'authorize' ? purpose.parameters['login_hint'] : undefined;
  const page = loginPage({
    host: shownHost(site),
    application: tenant.store.applications.get(clientId)?.name ?? clientId,
    transaction: secret,
    email: email ?? hint ?? '',
    ...(errors !== undefined && { errors }),
    ...(tenant.store.users.count() === 0 && { createUser: fixUnknownUser('you@example.com') }),
  });
  sendPage(res, page, {
    status: errors === undefined ? 200 : 400,
    formTargets: formTargets(tenant, transaction),
  });
}

function describeLogin(
  { site, req }: Exchange,
  { clientId }: LoginTransaction,
  email: string,
): Omit<LogInput, 'type'> {
  const name = site.tenant.store.applications.get(clientId)?.name;
  return {
    client_id: clientId,
    ...(name !== undefined && { client_name: name }),
    user_name: email,
    ...(req.ip !== undefined && { ip: req.ip }),
  };
}
