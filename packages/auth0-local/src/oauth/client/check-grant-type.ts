import type { Application } from '../../tenant/applications.js';
import { fixAuthMethod, fixGrantType } from '../fixes.js';
import { forbiddenGrantType } from '../refusals.js';

/** @throws OAuthError: the application is not allowed to use a grant type. */
export function checkGrantType(
  { client_id: clientId, grant_types: grantTypes, token_endpoint_auth_method: method }: Application,
  grantType: string,
): void {
  if (grantTypes.includes(grantType)) return;
  // An application without credentials cannot be given the grant type that is made of them.
  if (method === 'none' && grantType === 'client_credentials') {
    throw forbiddenGrantType(grantType, { fix: fixAuthMethod(clientId) });
  }
  const fix = fixGrantType(clientId, grantTypes, grantType);
  throw forbiddenGrantType(grantType, { ...(fix !== undefined && { fix }) });
}
