import type { Application } from '../../tenant/applications.js';
import type { Tenant } from '../../tenant/tenant.js';
import { fixUnknownClient } from '../fixes.js';
import { OAuthError } from '../oauth-error.js';
import type { Parameters } from '../request/read-parameters.js';

/** @throws OAuthError, to be shown and never redirected (RFC 6749 section 4.1.2.1): no application is known. */
export function findClient({ store }: Tenant, { values }: Parameters): Application {
  const clientId = values.get('client_id');
  const application = clientId === undefined ? undefined : store.applications.get(clientId);
  if (application !== undefined) return application;
  throw new OAuthError({
    statusCode: 400,
    error: 'invalid_request',
    description:
      clientId === undefined ? 'Missing required parameter: client_id' : `Unknown client: ${clientId}`,
    log: { fix: fixUnknownClient() },
  });
}
