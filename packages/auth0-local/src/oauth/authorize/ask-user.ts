import { beginTransaction, noteLogin } from '../login/login-transaction.js';
import { OAuthError } from '../oauth-error.js';
import { redirect } from '../browser/redirect.js';
import { fixConsent } from '../fixes.js';
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
    const isWaivable = interaction === 'consent' && application.is_first_party && api !== undefined;
    throw new OAuthError({
      statusCode: 403,
      error: `${interaction}_required`,
      description: interaction === 'login' ? 'Login required' : 'Consent required',
      ...(isWaivable && { log: { fix: fixConsent(api.id) } }),
    });
  }
  const purpose = { type: 'authorize', parameters: Object.fromEntries(parameters.values) } as const;
  const transaction = begun ?? beginTransaction(exchange, application.client_id, purpose);
  if (interaction === 'consent' && session !== undefined) noteLogin(exchange, transaction, session);
  redirect(exchange, `/u/${interaction}?state=${transaction.secret}`);
}
