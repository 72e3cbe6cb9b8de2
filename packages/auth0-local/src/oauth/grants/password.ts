import { scopeNames } from '../../tenant/apis.js';
import { attemptLogin } from '../../tenant/attempt-login.js';
import { getSettings } from '../../tenant/settings.js';
import { nowSeconds, type Tenant } from '../../tenant/tenant.js';
import { recordLogin, type User } from '../../tenant/users.js';
import { readParameter, requireParameter } from '../request/body-parameters.js';
import { findRequestedApi, readScopes } from '../scopes/decide-scopes.js';
import { fixPassword, fixUnknownUser } from '../fixes.js';
import { blockedUser } from '../token/get-active-user.js';
import { issueUserTokens, type IssuedTokens } from '../token/issue-user-tokens.js';
import { invalidGrant, invalidRequest } from '../refusals.js';
import type { Grant, GrantRequest } from './grant.js';

const log = { succeeded: 'sepft', failed: 'fepft' } as const;

/** An application that is trusted with it sends a user's password (RFC 6749 section 4.3). */
export const password: Grant = { grantType: 'password', log, exchange: exchangePassword };

/** The same for a connection that the application names. */
export const passwordRealm: Grant = {
  grantType: 'http://auth0.com/oauth/grant-type/password-realm',
  log,
  exchange: (request) => {
    checkRealm(request.site.tenant, requireParameter(request.parameters, 'realm'));
    return exchangePassword(request);
  },
};

async function exchangePassword({
  site,
  application,
  parameters,
  sender,
  ip,
}: GrantRequest): Promise<IssuedTokens> {
  const { tenant } = site;
  const audience = readParameter(parameters, 'audience');
  const scope = readParameter(parameters, 'scope');
  const user = await logIn(tenant, {
    email: requireParameter(parameters, 'username'),
    password: requireParameter(parameters, 'password'),
  });
  const api = findRequestedApi(tenant, audience);
  const scopes = scope === undefined && api !== undefined ? scopeNames(api) : readScopes(scope);
  const access = { ...(audience !== undefined && { audience }), scopes, auth_time: nowSeconds(tenant) };
  const issued = issueUserTokens(site, { application, user, access, sender, grantType: 'password' });
  recordLogin(tenant, user.user_id, ip);
  return issued;
}

/** @throws OAuthError: an unknown email and a wrong password in the same words, or the user is blocked. */
async function logIn(
  tenant: Tenant,
  credentials: { readonly email: string; readonly password: string },
): Promise<User> {
  const { email } = credentials;
  const attempt = await attemptLogin(tenant, email, credentials.password);
  if (attempt.outcome === 'success') return attempt.user;
  if (attempt.outcome === 'blocked') throw blockedUser(attempt.user);
  throw invalidGrant('Wrong email or password.').about(
    attempt.outcome === 'unknown_email'
      ? { user_name: email, fix: fixUnknownUser(email) }
      : { user_name: email, user_id: attempt.user.user_id, fix: fixPassword(attempt.user.user_id) },
  );
}

/** @throws OAuthError: the tenant has one connection, and it has another name. */
function checkRealm(tenant: Tenant, realm: string): void {
  const { name } = getSettings(tenant).connection;
  if (realm === name) return;
  throw invalidRequest(`Unknown realm: ${realm}`).about({
    description: `There is no connection "${realm}": the tenant's is "${name}"`,
  });
}
