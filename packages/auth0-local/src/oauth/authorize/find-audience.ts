import type { Api } from '../../tenant/apis.js';
import type { Application } from '../../tenant/applications.js';
import type { Tenant } from '../../tenant/tenant.js';
import { findRequestedApi, isUserAccessAllowed } from '../scopes/decide-scopes.js';
import { fixMissingApi, fixMissingGrant, fixSubjectType } from '../fixes.js';
import { OAuthError } from '../oauth-error.js';

/**
 * The API that an authorization request is about; none for the user's profile alone.
 *
 * @throws OAuthError: there is no such API, or the application may not act for users there. The words differ from those
 *   of the token endpoint on purpose.
 */
export function findAudience(
  tenant: Tenant,
  application: Application,
  audience: string | undefined,
): Api | undefined {
  if (audience === undefined) return undefined;
  const api = findRequestedApi(tenant, audience);
  if (api === undefined) {
    throw new OAuthError({
      statusCode: 403,
      error: 'access_denied',
      description: `Service not found: ${audience}`,
      log: { fix: fixMissingApi(audience) },
    });
  }
  if (isUserAccessAllowed(tenant, application, api)) return api;

  const { client_id: clientId, is_first_party: isFirstParty } = application;
  const isClosed = api.subject_type_authorization.user.policy === 'deny_all';
  throw new OAuthError({
    statusCode: 403,
    error: isFirstParty ? 'invalid_request' : 'unauthorized_client',
    description: `Client "${clientId}" is not authorized to access resource server "${audience}"`,
    log: { fix: isClosed ? fixSubjectType(api, 'user') : fixMissingGrant(clientId, audience, 'user') },
  });
}
