import type { Router } from 'express';
import { readFormBody } from '../../http/read-request-body.js';
import type { LogInput } from '../../log/tenant-log.js';
import { confirmDevicePage } from '../../pages/confirm-device-page.js';
import { noticePage } from '../../pages/notice-page.js';
import { sendPage } from '../../pages/send-page.js';
import type { Site } from '../../site.js';
import { recordConsent } from '../../tenant/consents.js';
import type { Tenant } from '../../tenant/tenant.js';
import { checkFormOrigin } from '../browser/check-form-origin.js';
import { continueTransaction } from '../login/continue-transaction.js';
import { describeConsent } from '../consent/describe-consent.js';
import { explainDroppedScopes } from '../scopes/explain-dropped-scopes.js';
import { shownHost, type Exchange } from '../browser/exchange.js';
import { endTransaction, findTransaction } from '../login/login-transaction.js';
import { readParameters } from '../request/read-parameters.js';
import { readSession, type Session } from '../login/session.js';
import { answerDevice, findWaitingDevice, type WaitingDevice } from './waiting-device.js';

/** `/u/device`: whether the user connects a device (RFC 8628 section 3.3). */
export function serveConfirmDevice(router: Router, site: Site): void {
  router.get('/u/device', (req, res) => withDevice({ site, req, res }, req.query, askForDevice));
  router.post('/u/device', checkFormOrigin(site), readFormBody, (req, res) => {
    withDevice({ site, req, res }, req.body, decideDevice);
  });
}

/** What the user is asked, in the session in which the asking began. */
interface Question {
  readonly secret: string;
  readonly session: Session;
  readonly device: WaitingDevice;
}

function withDevice(
  exchange: Exchange,
  source: unknown,
  handle: (exchange: Exchange, question: Question) => void,
): void {
  const transaction = findTransaction(exchange, readParameters(source).values.get('state'));
  const { purpose, secret, sid } = transaction;
  const session = readSession(exchange);
  if (purpose.type !== 'device' || session === undefined || session.sid !== sid) {
    continueTransaction(exchange, transaction, { session: undefined });
    return;
  }
  const device = findWaitingDevice(exchange.site.tenant, purpose.user_code, session);
  handle(exchange, { secret, session, device });
}

function askForDevice({ site, res }: Exchange, { secret, session, device }: Question): void {
  const { application, api, scopes } = device.access;
  const page = confirmDevicePage({
    host: shownHost(site),
    application: application.name,
    userCode: device.userCode,
    email: session.user.email,
    api,
    scopes,
    transaction: secret,
  });
  sendPage(res, page);
}

function decideDevice(exchange: Exchange, { secret, session, device }: Question): void {
  const { site, req, res } = exchange;
  const { tenant } = site;
  const { application, api, scopes } = device.access;
  const isAccepted = readParameters(req.body).values.get('action') === 'accept';
  answerDevice(tenant, device, isAccepted ? session : undefined);
  if (isAccepted) recordConsent(tenant, describeConsent(session.user, application, api, scopes));
  endTransaction(exchange, { secret });
  tenant.log.write({
    ...describeDecision(tenant, device, isAccepted ? session : undefined),
    client_id: application.client_id,
    client_name: application.name,
    user_id: session.user.user_id,
    user_name: session.user.email,
    ...(req.ip !== undefined && { ip: req.ip }),
  });
  const host = shownHost(site);
  const page = isAccepted
    ? noticePage({
        host,
        title: 'Device connected',
        isDone: true,
        text: `You can go on with ${application.name} on your device.`,
      })
    : noticePage({ host, title: 'Not connected', text: `${application.name} was not given any access.` });
  sendPage(res, page);
}

function describeDecision(
  tenant: Tenant,
  { access, artifact }: WaitingDevice,
  session: Session | undefined,
): LogInput {
  if (session === undefined) return { type: 'fdeac', description: 'User cancelled the confirmation prompt.' };
  const { application, api, scopes: granted } = access;
  const { user } = session;
  const { scopes: requested } = artifact.data;
  return {
    type: 'sdeac',
    ...(api !== undefined && explainDroppedScopes(tenant, { application, api, user, requested, granted })),
  };
}
