import { scopeNames } from '../../tenant/apis.js';
import type { Tenant } from '../../tenant/tenant.js';
import type { User } from '../../tenant/users.js';
import { issueAccessToken } from '../../tokens/issue-access-token.js';
import { getOwnApi } from '../client/get-own-api.js';
import { isConsentMissing } from '../consent/is-consent-missing.js';
import { OAuthError } from '../oauth-error.js';
import { consentRequired, invalidRequest, missingGrant } from '../refusals.js';
import { requireApi } from '../request/require-api.js';
import { userScopes } from '../scopes/decide-scopes.js';
import { explainDroppedScopes, type ScopeRequest } from '../scopes/explain-dropped-scopes.js';
import { getActiveUser } from '../token/get-active-user.js';
import { decideConfirmation } from '../sender/decide-confirmation.js';
import { explainUnbound } from '../sender/explain-unbound.js';
import type { IssuedTokens } from '../token/issue-user-tokens.js';
import type { Grant, GrantRequest } from './grant.js';
import { accessTokenType, readExchange } from './read-exchange.js';
import { readSubjectToken } from './read-subject-token.js';

const grantType = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** How many may have acted for a user, one after the other. */
const mostActors = 4;

/** An API exchanges the token that a user's request came with for one to call another API on their behalf (RFC 8693). */
export const tokenExchange: Grant = {
  grantType,
  isInGrantTypes: false,
  log: {
    succeeded: 'success_on_behalf_of_token_exchange',
    failed: 'failed_on_behalf_of_token_exchange',
  },
  exchange: exchangeOnBehalfOf,
};

async function exchangeOnBehalfOf({
  site: { tenant, issuer },
  application,
  parameters,
  sender,
}: GrantRequest): Promise<IssuedTokens> {
  const ownApi = getOwnApi(tenant, application, grantType);
  const { token, audience, scopes } = readExchange(parameters);
  const { userId, orgId, actors: before } = await readSubjectToken(tenant, ownApi, token);
  const actors = [application.client_id, ...before];
  checkActors(actors);

  const user = getActiveUser(tenant, userId);
  const api = requireApi(tenant, audience);
  const request = { application, api, user, requested: scopes.length > 0 ? scopes : scopeNames(api) };
  const granted = decideScopes(tenant, request, audience);
  if (scopes.length > 0 && granted.length === 0) throw missingScopes(tenant, request);

  const delegation = { actors, orgId };
  const confirmation = decideConfirmation(application, api, sender, true);
  const access = { issuer, api, audience, application, user, scopes: granted, delegation, confirmation };
  const { token: accessToken, expiresIn, tokenType } = await issueAccessToken(tenant, access);
  const scope = granted.length > 0 ? { scope: granted.join(' ') } : {};
  return {
    tokens: {
      access_token: accessToken,
      // RFC 8693 section 2.2.1: only where it is not what was asked for.
      ...(granted.length < request.requested.length && scope),
      expires_in: expiresIn,
      token_type: tokenType,
      issued_token_type: accessTokenType,
    },
    log: {
      user_id: user.user_id,
      user_name: user.email,
      audience,
      ...scope,
      ...explainUnbound(api, sender, confirmation),
      ...explainDroppedScopes(tenant, { ...request, granted }),
    },
    confirmation,
  };
}

function checkActors(actors: readonly string[]): void {
  if (actors.length <= mostActors) return;
  throw invalidRequest(
    `Delegation chain (\`act\` claim) depth exceeds the maximum allowed limit of ${mostActors}`,
  );
}

/** Who wants what of an API for whom. */
interface AccessRequest extends Omit<ScopeRequest, 'granted'> {
  readonly user: User;
}

/** There is no page on which the user could allow it: what has to be allowed must have been before. */
function decideScopes(
  tenant: Tenant,
  { application, api, user, requested }: AccessRequest,
  audience: string,
): readonly string[] {
  const scopes = userScopes(tenant, { application, api, userId: user.user_id }, requested);
  if (scopes === undefined) throw missingGrant(application, api, { audience, subjectType: 'user' });
  if (isConsentMissing(tenant, user, { application, api, scopes })) throw consentRequired(application, api);
  return scopes;
}

function missingScopes(tenant: Tenant, request: AccessRequest): OAuthError {
  return new OAuthError({
    statusCode: 403,
    error: 'access_denied',
    description: `None of the requested scopes can be granted: ${request.requested.join(' ')}`,
  }).about({ fix: explainDroppedScopes(tenant, { ...request, granted: [] }).fix });
}
