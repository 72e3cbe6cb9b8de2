import type { ApiClient } from '../api-client.js';
import { createScopesCheck, readScopes } from '../authorize/scopes-include.js';
import { wallSeconds } from '../clock.js';
import { AuthError, createRefusal, InsufficientScopeError, TemporarilyUnavailableError } from '../errors.js';
import { readOptions } from '../read-options.js';
import { requireInternals } from '../require-internals.js';
import { noDemands, verifyAccessToken, type Verifier } from '../verify/access-token.js';
import { KnownHeaders } from '../verify/known-headers.js';
import { findCheckName, type CheckName } from './check-names.js';
import { checks, type Check } from './checks.js';
import { decodeParts, findTrusted, type Evidence } from './evidence.js';
import { findFix } from './fixes.js';
import { showText } from './show-value.js';

/** What `explainAccessToken()` can be told. */
export interface ExplainOptions {
  /** Scopes the token must have, all of them, as for `requiresAuth()`: a list, or a string with spaces. */
  scopes?: readonly string[] | string;
}

/** What became of a check: those behind a failed one are not made. */
export type CheckOutcome = 'passed' | 'failed' | 'not_reached';

/** One check of the pipeline. Its texts repeat what the token says, cut to 300 characters, without control characters. */
export interface ExplainedCheck {
  readonly name: CheckName;
  readonly title: string;
  readonly outcome: CheckOutcome;
  readonly expected: string;
  /** What the token has; absent where the check was not reached. */
  readonly found?: string;
  /** What to do about it; of the failed check only. */
  readonly fix?: string;
}

/** Why a token is accepted or refused, in plain data. */
export interface TokenExplanation {
  /** `undecided` where the issuer's keys could not be had. */
  readonly verdict: 'accepted' | 'refused' | 'undecided';
  /** What an API would answer; 200 where it would let the request pass. */
  readonly statusCode: 200 | 401 | 403 | 503;
  /** The stable reason code, as in events. */
  readonly reason?: string;
  /** The text that a caller would read; absent where it would read none. */
  readonly description?: string;
  /** The token's header, unverified, if it could be read. */
  readonly header?: Readonly<Record<string, unknown>>;
  /** The token's claims, unverified, if they could be read. Believe them only if the verdict is `accepted`. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** In the order in which they are made. */
  readonly checks: readonly ExplainedCheck[];
}

/**
 * Explains the verdict about a bearer token: which check of `verifyAccessToken()` fails, what it expects and what it finds.
 *
 * For development tools and tests. **Never answer a caller with it**: it repeats what the token says, and tells more about
 * the API than RFC 6750 errors do. The token is verified once, by the client's own pipeline; it is not remembered, and
 * the refusal is no event.
 *
 * @param accessToken - The token as it was sent, without the scheme.
 * @throws TypeError: the client is no `ApiClient`, or the token no string; or impossible scopes.
 * @throws InvalidConfigurationError: a name that is no option.
 */
export async function explainAccessToken(
  client: ApiClient,
  accessToken: string,
  options: ExplainOptions = {},
): Promise<TokenExplanation> {
  const { verifier } = requireInternals(client);
  if (typeof accessToken !== 'string') throw new TypeError("'accessToken' must be a string");
  const given = readOptions(options, ['scopes'], 'explainAccessToken');
  const scopes = given.scopes === undefined ? [] : readScopes(given.scopes);
  const now = wallSeconds(verifier.policy.now);

  const failure = await findFailure(accessToken, verifier, now, scopes);
  const { header, claims } = decodeParts(accessToken);
  const trusted = findTrusted(verifier, claims);
  const policy = trusted?.policy ?? verifier.policy;
  const reason = failure?.reason;
  const evidence = { text: accessToken, header, claims, verifier, trusted, policy, now, scopes, reason };
  const made = checks.filter(({ isMade }) => isMade === undefined || isMade(evidence));
  return {
    ...describeVerdict(failure),
    ...(header !== undefined && { header }),
    ...(claims !== undefined && { claims }),
    checks: describeChecks(made, failure, evidence),
  };
}

/** Judges with a memory of its own, at a moment that stands, for the verdict and its words. */
async function findFailure(
  text: string,
  verifier: Verifier,
  now: number,
  scopes: readonly string[],
): Promise<AuthError | undefined> {
  try {
    if (text === '') throw createRefusal('credentials_missing');
    const ownMemory = { ...verifier, headers: new KnownHeaders(), verdicts: undefined };
    const claims = await verifyAccessToken(text, ownMemory, { ...noDemands, now: () => now * 1000 });
    if (scopes.length > 0) createScopesCheck(scopes, { match: 'all' })(claims);
    return undefined;
  } catch (error) {
    if (error instanceof AuthError) return error;
    throw error;
  }
}

function describeVerdict(
  failure: AuthError | undefined,
): Pick<TokenExplanation, 'verdict' | 'statusCode' | 'reason' | 'description'> {
  if (failure === undefined) return { verdict: 'accepted', statusCode: 200 };
  const { message, reason } = failure;
  return {
    verdict: failure instanceof TemporarilyUnavailableError ? 'undecided' : 'refused',
    statusCode: statusCodeOf(failure),
    ...(reason !== undefined && { reason }),
    ...(message !== '' && { description: message }),
  };
}

function statusCodeOf(failure: AuthError): 401 | 403 | 503 {
  if (failure instanceof TemporarilyUnavailableError) return 503;
  return failure instanceof InsufficientScopeError ? 403 : 401;
}

function describeChecks(
  made: readonly Check[],
  failure: AuthError | undefined,
  evidence: Evidence,
): ExplainedCheck[] {
  const reason = failure?.reason;
  const failedAt = reason === undefined ? made.length : findCheck(made, reason);
  return made.map(({ name, title, expected, found }, index) => ({
    name,
    title,
    outcome: index < failedAt ? 'passed' : index === failedAt ? 'failed' : 'not_reached',
    expected: showText(expected(evidence)),
    ...(index <= failedAt && { found: showText(found(evidence)) }),
    ...(index === failedAt && reason !== undefined && { fix: findFix(reason, evidence) }),
  }));
}

function findCheck(made: readonly Check[], reason: string): number {
  return made.findIndex(({ name }) => name === findCheckName(reason));
}
