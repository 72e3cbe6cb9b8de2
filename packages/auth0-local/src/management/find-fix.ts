import { AuthError, InsufficientScopeError } from '@auth0/auth0-express-api';
import { fixGrantedScopes, fixMissingGrant, fixToken } from '../oauth/fixes.js';
import type { Site } from '../site.js';
import { findApi } from '../tenant/apis.js';
import { findClientGrant, grantedScopes } from '../tenant/client-grants.js';
import { managementIdentifier } from '../tenant/tenant.js';

/** The command that lets a request pass the next time, where one does. */
export function findFix(
  { tenant, issuer }: Site,
  error: unknown,
  clientId: string | undefined,
): string | undefined {
  const audience = managementIdentifier(issuer);
  if (!(error instanceof AuthError)) return undefined;
  if (!(error instanceof InsufficientScopeError)) return fixToken(audience);
  const api = findApi(tenant, audience);
  if (clientId === undefined || api === undefined || tenant.store.applications.get(clientId) === undefined) {
    return undefined;
  }
  const grant = findClientGrant(tenant, clientId, api, 'client');
  if (grant === undefined) return fixMissingGrant(clientId, audience);
  const [missing = ''] = error.scopes;
  const granted = grantedScopes(grant, api);
  return granted.includes(missing)
    ? fixToken(audience, clientId)
    : fixGrantedScopes(grant.id, [...granted, missing]);
}
