import { readScopes } from '../oauth/scopes/decide-scopes.js';
import { explainDroppedScopes } from '../oauth/scopes/explain-dropped-scopes.js';
import type { Api } from '../tenant/apis.js';
import type { Tenant } from '../tenant/tenant.js';

/**
 * The command that lets the application, or the user, of a token have the scopes that it lacks.
 *
 * @param claims - Of a verified token.
 * @returns Nothing if they may have them: then the token was made before that, or its client did not ask.
 */
export function findScopesFix(
  tenant: Tenant,
  api: Api,
  claims: Readonly<Record<string, unknown>>,
  requested: readonly string[],
): string | undefined {
  const { azp, client_id: clientId = azp, sub, scope } = claims;
  const application = tenant.store.applications.get(String(clientId));
  if (application === undefined) return undefined;
  const user = tenant.store.users.get(String(sub));
  const granted = readScopes(typeof scope === 'string' ? scope : undefined);
  return explainDroppedScopes(tenant, { application, api, user, requested, granted }).fix;
}
