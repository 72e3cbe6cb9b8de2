import { ApiClient } from '@auth0/auth0-api-js';
import { explainAccessToken, type ExplainedCheck, type TokenExplanation } from '@auth0/auth0-api-js/explain';
import { readPastedToken } from './read-pasted-token.js';
import { suggestHelp, type FindApi, type Help } from './suggest-help.js';

/** What a pasted token is judged by: as the API that it is for would. */
export interface ExplainRequest {
  readonly pasted: string;
  /** The tenant's issuer, or its domain. */
  readonly domain: string;
  readonly audience: string;
  /** `['RS256']` by default. */
  readonly algorithms?: readonly string[] | undefined;
  /** Scopes the API asks for, all of them. */
  readonly scopes?: readonly string[] | undefined;
  /** Fetches the issuer's metadata and keys. */
  readonly fetch: typeof fetch;
  readonly now?: () => number;
  /** Is asked if that can help, once the token is refused. */
  readonly findApi: FindApi;
  /** Knows better than a new token what gives a token scopes that it lacks; its claims are verified then. */
  readonly findScopesFix?: (claims: Readonly<Record<string, unknown>>) => string | undefined;
}

/** An explanation of the SDK, with the commands that help. */
export interface PastedExplanation extends Omit<TokenExplanation, 'checks'> {
  /** What was pasted with the token and is no part of it, in words. */
  readonly left_out: readonly string[];
  readonly checks: readonly SuggestedCheck[];
}

export interface SuggestedCheck extends ExplainedCheck {
  /** The `auth0` command that helps; of the failed check, if there is one. */
  readonly command?: string;
}

/**
 * Explains a token that somebody has pasted, by our own SDK. Neither the token nor anything of it is stored or logged.
 *
 * @throws InvalidConfigurationError, TypeError: the issuer, the audience, an algorithm or a scope cannot be what it is.
 */
export async function explainPastedToken(request: ExplainRequest): Promise<PastedExplanation> {
  const { pasted, domain, audience, algorithms, scopes = [], fetch: customFetch, now } = request;
  const { token, leftOut } = readPastedToken(pasted);
  let outage: string | undefined;
  const client = new ApiClient({
    domain,
    audience,
    customFetch,
    onEvent: (event) => {
      if (event.type === 'outage') outage = event.message;
    },
    ...(algorithms !== undefined && { algorithms }),
    ...(now !== undefined && { now }),
  });
  const explanation = await explainAccessToken(client, token, scopes.length === 0 ? {} : { scopes });
  const help = await findHelp(explanation, request);
  return {
    ...explanation,
    left_out: leftOut,
    checks: explanation.checks.map((check) => completeFailed(check, help, outage)),
  };
}

async function findHelp(
  { reason, header, claims }: TokenExplanation,
  { audience, findApi, findScopesFix }: ExplainRequest,
): Promise<Help> {
  if (reason === undefined) return {};
  const command = reason === 'insufficient_scope' && claims ? findScopesFix?.(claims) : undefined;
  if (command !== undefined) return { command };
  return suggestHelp({ reason, audience, algorithm: header?.['alg'] }, findApi);
}

function completeFailed(check: ExplainedCheck, help: Help, outage: string | undefined): SuggestedCheck {
  if (check.outcome !== 'failed') return check;
  return {
    ...check,
    // Which address failed, and how: the caller of an API does not read it, its developer does.
    ...(outage !== undefined && { found: `${check.found}. ${outage}` }),
    ...help,
  };
}
