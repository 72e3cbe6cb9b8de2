import { beginTransaction, noteLogin } from '../login/login-transaction.js';
import { OAuthError } from '../oauth-error.js';
import { consentRequired } from '../refusals.js';
import { redirect } from '../browser/redirect.js';
import type { Attempt } from './answer-request.js';
import type { AuthorizeRequest } from './read-request.js';

/**
 * Sends the user to a page of the tenant, where the request waits in a transaction.
 *
 * @throws OAuthError: the request wants an answer without any page (`prompt=none`).
 */
export function askUser(
  interaction: 'login' | 'consent',
  { exchange, parameters, session, transaction: begun }: Attempt,
  { application, api, prompts }: AuthorizeRequest,
): void {
  if (prompts.has('none')) {
    throw interaction === 'login' ? loginRequired() : consentRequired(application, api);
  }
  const purpose = { type: 'authorize', parameters: Object.fromEntries(parameters.values) } as const;
  const transaction = begun ?? beginTransaction(exchange, application.client_id, purpose);
  if (interaction === 'consent' && session !== undefined) noteLogin(exchange, transaction, session);
  redirect(exchange, `/u/${interaction}?state=${transaction.secret}`);
}

function loginRequired(): OAuthError {
  return new OAuthError({ statusCode: 403, error: 'login_required', description: 'Login required' });
}
