import { answerRequest } from '../authorize/answer-request.js';
import type { Exchange } from '../browser/exchange.js';
import type { LoginTransaction } from './login-transaction.js';
import type { OAuthError } from '../oauth-error.js';
import { readParameters } from '../request/read-parameters.js';
import { redirect } from '../browser/redirect.js';
import type { Session } from './session.js';

/** What has happened on a page since. */
export interface Step {
  readonly session: Session | undefined;
  readonly hasConsented?: boolean;
  readonly refusal?: OAuthError;
}

/**
 * Goes on with what waits for the user.
 *
 * @throws OAuthError, to be shown: the refusal, where there is no application in this browser to be told.
 */
export function continueTransaction(
  exchange: Exchange,
  transaction: LoginTransaction,
  { session, hasConsented = false, refusal }: Step,
): void {
  const { purpose, sid } = transaction;
  if (purpose.type === 'device') {
    if (refusal !== undefined) throw refusal;
    redirect(exchange, `/u/${session === undefined ? 'login' : 'device'}?state=${transaction.secret}`);
    return;
  }
  answerRequest({
    exchange,
    parameters: readParameters(purpose.parameters),
    session,
    progress: { hasLoggedIn: session !== undefined && session.sid === sid, hasConsented },
    transaction,
    ...(refusal !== undefined && { refusal }),
  });
}
