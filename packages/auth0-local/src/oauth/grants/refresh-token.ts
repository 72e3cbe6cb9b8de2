import type { Application } from '../../tenant/applications.js';
import { randomHex } from '../../tenant/ids.js';
import type { Tenant } from '../../tenant/tenant.js';
import {
  isReused,
  readRefreshToken,
  renewRefreshToken,
  revokeFamily,
  type RefreshTokenData,
} from '../../tokens/refresh-tokens.js';
import type { Artifact } from '../../tenant/artifacts.js';
import type { UserAccess } from '../../tokens/user-access.js';
import { readParameter, requireParameter } from '../request/body-parameters.js';
import { checkUserAccess } from '../token/check-user-access.js';
import { readScopes } from '../scopes/decide-scopes.js';
import { getActiveUser } from '../token/get-active-user.js';
import { respondTokens, type IssuedTokens } from '../token/issue-user-tokens.js';
import type { OAuthError } from '../oauth-error.js';
import { checkBoundKey } from '../sender/check-bound-key.js';
import { decideConfirmation } from '../sender/decide-confirmation.js';
import { explainUnbound } from '../sender/explain-unbound.js';
import { invalidGrant } from '../refusals.js';
import type { Grant, GrantRequest } from './grant.js';

/** An application gets new tokens without the user (RFC 6749 section 6). */
export const refreshToken: Grant = {
  grantType: 'refresh_token',
  log: { succeeded: 'sertft', failed: 'fertft' },
  exchange: exchangeRefreshToken,
};

async function exchangeRefreshToken({
  site,
  application,
  parameters,
  sender,
}: GrantRequest): Promise<IssuedTokens> {
  const { tenant } = site;
  const requested = readScopes(readParameter(parameters, 'scope'));
  const token = requireParameter(parameters, 'refresh_token');
  const artifact = useRefreshToken(tenant, application, token);
  // One of a public application is worth nothing without its key.
  checkBoundKey('refresh token', artifact.data.jkt, sender);

  const { family = randomHex(32), user_id: userId } = artifact;
  const user = getActiveUser(tenant, userId);
  const allowed = checkUserAccess(tenant, { application, user, access: artifact.data.access });
  const confirmation = decideConfirmation(application, allowed.api, sender);
  return respondTokens(site, {
    ...allowed,
    note: { ...explainUnbound(allowed.api, sender, confirmation), ...allowed.note },
    confirmation,
    application,
    user,
    family,
    access: narrowAccess(allowed.access, requested),
    grantType: 'refresh_token',
    refreshToken: renewRefreshToken(tenant, application, token, artifact),
  });
}

/** Less may be asked for than was granted, and what was not granted cannot be had this way (RFC 6749 section 6). */
function narrowAccess(access: UserAccess, requested: readonly string[]): UserAccess {
  if (requested.length === 0) return access;
  return { ...access, scopes: access.scopes.filter((scope) => requested.includes(scope)) };
}

function useRefreshToken(
  tenant: Tenant,
  application: Application,
  token: string,
): Artifact<RefreshTokenData> {
  const artifact = readRefreshToken(tenant, application, token);
  if (artifact === undefined) throw unknownToken();
  if (isReused(tenant, application, artifact)) {
    revokeFamily(tenant, artifact);
    throw unknownToken().about({
      type: 'ferrt',
      user_id: artifact.user_id,
      description: 'A refresh token was used again after its rotation. All tokens of its login are revoked',
    });
  }
  return artifact;
}

function unknownToken(): OAuthError {
  return invalidGrant('Unknown or invalid refresh token.');
}
