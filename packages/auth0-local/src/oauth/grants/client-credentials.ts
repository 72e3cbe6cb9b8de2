import { issueAccessToken } from '../../tokens/issue-access-token.js';
import { readParameter } from '../request/body-parameters.js';
import { requireApi } from '../request/require-api.js';
import { applicationScopes, readScopes } from '../scopes/decide-scopes.js';
import { explainDroppedScopes } from '../scopes/explain-dropped-scopes.js';
import { decideConfirmation } from '../sender/decide-confirmation.js';
import { explainUnbound } from '../sender/explain-unbound.js';
import type { IssuedTokens } from '../token/issue-user-tokens.js';
import { OAuthError } from '../oauth-error.js';
import { missingGrant } from '../refusals.js';
import type { Grant, GrantRequest } from './grant.js';

/** An application gets a token in its own name (RFC 6749 section 4.4). */
export const clientCredentials: Grant = {
  grantType: 'client_credentials',
  log: { succeeded: 'seccft', failed: 'feccft' },
  exchange: exchangeClientCredentials,
};

async function exchangeClientCredentials({
  site: { tenant, issuer },
  application,
  parameters,
  sender,
}: GrantRequest): Promise<IssuedTokens> {
  const audience = readParameter(parameters, 'audience');
  const requested = readScopes(readParameter(parameters, 'scope'));
  if (audience === undefined) throw missingAudience();
  const api = requireApi(tenant, audience);
  const scopes = applicationScopes(tenant, application, api, requested);
  if (scopes === undefined) throw missingGrant(application, api, { audience, subjectType: 'client' });

  const confirmation = decideConfirmation(application, api, sender);
  const { token, expiresIn, tokenType } = await issueAccessToken(tenant, {
    issuer,
    api,
    audience,
    application,
    scopes,
    confirmation,
    grantType: 'client-credentials',
  });
  const scope = scopes.length > 0 ? { scope: scopes.join(' ') } : {};
  return {
    tokens: { access_token: token, ...scope, expires_in: expiresIn, token_type: tokenType },
    log: {
      audience,
      ...scope,
      ...explainUnbound(api, sender, confirmation),
      ...explainDroppedScopes(tenant, { application, api, requested, granted: scopes }),
    },
    confirmation,
  };
}

/** The real tenant's words: without an audience it thinks of an API of its own that is no longer there. */
function missingAudience(): OAuthError {
  return new OAuthError({
    statusCode: 403,
    error: 'access_denied',
    description: 'Non-global clients are not allowed access to APIv1',
    log: {
      description: 'The request has no audience: send the identifier of an API',
      fix: 'auth0 apis list',
    },
  });
}
