import { logRequest } from '../../http/log-request.js';
import type { Exchange } from '../browser/exchange.js';
import { explainDroppedScopes } from '../scopes/explain-dropped-scopes.js';
import { endTransaction, type LoginTransaction } from '../login/login-transaction.js';
import { OAuthError } from '../oauth-error.js';
import type { Parameters } from '../request/read-parameters.js';
import type { Session } from '../login/session.js';
import { askUser } from './ask-user.js';
import { checkRedirectUri } from './check-redirect-uri.js';
import { decideInteraction, type Progress } from './decide-interaction.js';
import { describeAttempt } from './describe-attempt.js';
import { findClient } from './find-client.js';
import { issueCode } from './issue-code.js';
import { readGrantedScopes } from './read-granted-scopes.js';
import { readRequest, type AuthorizeRequest } from './read-request.js';
import { respond } from './respond.js';
import { readResponseTarget, type ResponseTarget } from './response-target.js';

/** An authorization request on its way: what it says, and what its user has done so far. */
export interface Attempt {
  readonly exchange: Exchange;
  readonly parameters: Parameters;
  readonly session: Session | undefined;
  readonly progress: Progress;
  /** Absent as long as nobody had to be asked. */
  readonly transaction?: LoginTransaction;
  /** Why the user cannot or will not go on. */
  readonly refusal?: OAuthError;
}

/**
 * Answers an authorization request (RFC 6749 section 4.1, OpenID Connect Core section 3.1.2), or asks the user first.
 *
 * @throws OAuthError: there is no application that could be answered.
 */
export function answerRequest(attempt: Attempt): void {
  const { exchange, parameters } = attempt;
  const application = findClient(exchange.site.tenant, parameters);
  const redirectUri = checkRedirectUri(application, parameters);
  const target = readResponseTarget(application, redirectUri, parameters);
  try {
    grant(attempt, target);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    refuse(attempt, target, error);
  }
}

function grant(attempt: Attempt, target: ResponseTarget): void {
  const { exchange, parameters, session, progress, refusal } = attempt;
  const { tenant } = exchange.site;
  const request = readRequest(tenant, target, parameters);
  if (refusal !== undefined) throw refusal;
  if (session === undefined) {
    askUser('login', attempt, request);
    return;
  }
  const interaction = decideInteraction(tenant, request, session, progress);
  if (interaction !== undefined) {
    askUser(interaction, attempt, request);
    return;
  }
  const code = issueCode(tenant, request, session);
  noteGrant(attempt, request, session);
  if (attempt.transaction !== undefined) endTransaction(exchange, attempt.transaction);
  respond(exchange, target, { code });
}

function noteGrant(attempt: Attempt, request: AuthorizeRequest, { user }: Session): void {
  const { site, req } = attempt.exchange;
  const { tenant } = site;
  const { application, api, scopes: requested, prompts } = request;
  const granted = readGrantedScopes(tenant, request, user);
  logRequest(site, req, {
    type: prompts.has('none') ? 'ssa' : 's',
    ...describeAttempt(attempt, request),
    ...(api !== undefined && explainDroppedScopes(tenant, { application, api, user, requested, granted })),
  });
}

function refuse(attempt: Attempt, target: ResponseTarget, error: OAuthError): void {
  const { exchange, parameters, transaction } = attempt;
  const type = parameters.values.get('prompt') === 'none' ? 'fsa' : 'f';
  const { message: description, log } = error;
  const event = { type, description, ...describeAttempt(attempt, target), ...log } as const;
  logRequest(exchange.site, exchange.req, event);
  if (transaction !== undefined) endTransaction(exchange, transaction);
  respond(exchange, target, error.toJSON());
}
