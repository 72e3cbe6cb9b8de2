import { findApi, type Api } from '../../tenant/apis.js';
import type { Application } from '../../tenant/applications.js';
import type { Tenant } from '../../tenant/tenant.js';
import { fixAuthMethod, fixMissingApi, fixOnBehalfOf, fixResourceServer } from '../fixes.js';
import { forbiddenGrantType } from '../refusals.js';

/**
 * The API that an application is, whose users' tokens it may exchange.
 *
 * @throws OAuthError: it is none, or may not.
 */
export function getOwnApi(tenant: Tenant, application: Application, grantType: string): Api {
  const { name, resource_server_identifier: identifier, app_type: type } = application;
  const { client_id: clientId, token_exchange: exchange } = application;
  if (type !== 'resource_server' || identifier === undefined) {
    throw forbiddenGrantType(grantType, {
      description:
        'Only an application that is an API itself, of the type resource_server, acts on behalf of users',
      fix: fixResourceServer(name, identifier),
    });
  }
  const kinds = exchange?.allow_any_profile_of_type ?? [];
  if (!kinds.includes('on_behalf_of_token_exchange')) {
    const fix = fixOnBehalfOf(clientId, kinds);
    throw forbiddenGrantType(grantType, {
      description: 'The application is not allowed to exchange tokens on behalf of users',
      ...(fix !== undefined && { fix }),
    });
  }
  if (application.token_endpoint_auth_method === 'none') {
    throw forbiddenGrantType(grantType, {
      description: 'A public application cannot exchange tokens: it needs a secret or a key',
      fix: fixAuthMethod(clientId),
    });
  }
  const api = findApi(tenant, identifier);
  if (api !== undefined) return api;
  throw forbiddenGrantType(grantType, {
    description: 'The API that the application is does not exist',
    fix: fixMissingApi(identifier),
  });
}
