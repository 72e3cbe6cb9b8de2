import type { Application } from '../../tenant/applications.js';
import { fixGrantType } from '../fixes.js';
import { forbiddenGrantType } from '../refusals.js';

/** @throws OAuthError: the application is not allowed to use a grant type. */
export function checkGrantType(
  { client_id: clientId, grant_types: grantTypes }: Application,
  grantType: string,
): void {
  if (grantTypes.includes(grantType)) return;
  throw forbiddenGrantType(grantType, { fix: fixGrantType(clientId, grantTypes, grantType) });
}
