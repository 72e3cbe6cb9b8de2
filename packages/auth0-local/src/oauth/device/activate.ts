import type { Router } from 'express';
import { logRequest } from '../../http/log-request.js';
import { readFormBody } from '../../http/read-request-body.js';
import { activatePage } from '../../pages/activate-page.js';
import { sendPage } from '../../pages/send-page.js';
import type { Site } from '../../site.js';
import { readArtifact } from '../../tenant/artifacts.js';
import { createAttemptLimit, type AttemptLimit } from './attempt-limit.js';
import { checkFormOrigin } from '../browser/check-form-origin.js';
import { continueTransaction } from '../login/continue-transaction.js';
import { shownHost, type Exchange } from '../browser/exchange.js';
import type { UserCodeData } from '../flow-data.js';
import { beginTransaction, noteLogin } from '../login/login-transaction.js';
import { readParameters } from '../request/read-parameters.js';
import { readSession } from '../login/session.js';
import { readUserCode } from './user-code.js';

/** RFC 8628 section 5.1: with so few attempts nobody finds one of 20^8 codes that live a quarter of an hour. */
const limit = { failures: 10, windowSeconds: 60 };

/** `/activate`: the user types the code that a device shows (RFC 8628 section 3.3). */
export function serveActivate(router: Router, site: Site): void {
  const attempts = createAttemptLimit({ ...limit, now: site.tenant.now });
  router.get('/activate', (req, res) => {
    const userCode = readParameters(req.query).values.get('user_code');
    const page = activatePage({
      host: shownHost(site),
      userCode: readUserCode(userCode) ?? userCode?.slice(0, 20) ?? '',
    });
    sendPage(res, page);
  });
  router.post('/activate', checkFormOrigin(site), readFormBody, (req, res) => {
    acceptCode({ site, req, res }, attempts);
  });
}

function acceptCode(exchange: Exchange, attempts: AttemptLimit): void {
  const { tenant } = exchange.site;
  const { ip = '', body } = exchange.req;
  const typed = readParameters(body).values.get('user_code')?.slice(0, 20) ?? '';
  if (attempts.isExceeded(ip)) {
    refuseCode(exchange, {
      typed,
      status: 429,
      error: 'Too many wrong codes. Wait a minute, then try again.',
    });
    return;
  }
  const userCode = readUserCode(typed);
  const artifact =
    userCode === undefined ? undefined : readArtifact<UserCodeData>(tenant, 'user_code', userCode);
  if (userCode === undefined || artifact?.client_id === undefined) {
    attempts.countFailure(ip);
    refuseCode(exchange, {
      typed,
      status: 400,
      error: 'This code is wrong or has expired. Your device can show a new one.',
    });
    return;
  }
  const transaction = beginTransaction(exchange, artifact.client_id, { type: 'device', user_code: userCode });
  const session = readSession(exchange);
  if (session !== undefined) noteLogin(exchange, transaction, session);
  continueTransaction(exchange, transaction, { session });
}

function refuseCode(
  { site, req, res }: Exchange,
  { typed, status, error }: { readonly typed: string; readonly status: number; readonly error: string },
): void {
  logRequest(site, req, { type: 'fdeac', description: error });
  sendPage(res, activatePage({ host: shownHost(site), userCode: typed, error }), { status });
}
