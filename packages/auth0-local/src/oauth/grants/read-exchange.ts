import { invalidRequest } from '../refusals.js';
import { readParameter, requireParameter } from '../request/body-parameters.js';
import type { Parameters } from '../request/read-parameters.js';
import { readScopes } from '../scopes/decide-scopes.js';

/** The only kind of token that is exchanged, and that comes of it. */
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';

/** What is to be exchanged for what. */
export interface Exchange {
  readonly token: string;
  readonly audience: string;
  /** Empty for all that can be had. */
  readonly scopes: readonly string[];
}

/** @throws OAuthError: something is missing, or is to be exchanged that cannot be (RFC 8693 section 2.1). */
export function readExchange(parameters: Parameters): Exchange {
  const token = requireParameter(parameters, 'subject_token');
  const type = requireParameter(parameters, 'subject_token_type');
  if (type !== accessTokenType || readParameter(parameters, 'requested_token_type') !== accessTokenType) {
    throw invalidRequest('Invalid subject_token_type and requested_token_type combination.').about({
      description: `Access tokens are exchanged for access tokens: both types must be ${accessTokenType}`,
    });
  }
  for (const name of ['actor_token', 'actor_token_type']) {
    if (readParameter(parameters, name) === undefined) continue;
    throw invalidRequest(`${name} is not supported: the client that exchanges the token is the one who acts`);
  }
  const audience = requireParameter(parameters, 'audience');
  const scopes = readScopes(readParameter(parameters, 'scope'));
  if (scopes.includes('offline_access')) {
    throw invalidRequest(
      'Refresh tokens (offline_access scope) are not supported for on-behalf-of token exchange',
    );
  }
  return { token, audience, scopes };
}
