import type { Application } from '../../tenant/applications.js';
import { fixGrantType } from '../fixes.js';
import { OAuthError } from '../oauth-error.js';

/** @throws OAuthError: the application is not allowed to use a grant type. */
export function checkGrantType(
  { client_id: clientId, grant_types: grantTypes }: Application,
  grantType: string,
): void {
  if (grantTypes.includes(grantType)) return;
  throw new OAuthError({
    statusCode: 403,
    error: 'unauthorized_client',
    description: `Grant type '${grantType}' not allowed for the client.`,
    uri: 'https://auth0.com/docs/clients/client-grant-types',
    log: { fix: fixGrantType(clientId, grantTypes, grantType) },
  });
}
