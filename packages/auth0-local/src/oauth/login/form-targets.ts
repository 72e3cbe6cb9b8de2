import { allowedOrigins } from '../../tenant/applications.js';
import type { Tenant } from '../../tenant/tenant.js';
import type { LoginTransaction } from './login-transaction.js';

/** Where the forms of a transaction may end: at the redirect URI, and where the application goes on from there. */
export function formTargets({ store }: Tenant, { clientId, purpose }: LoginTransaction): string[] {
  const application = store.applications.get(clientId);
  if (purpose.type === 'device' || application === undefined) return [];
  const { redirect_uri: redirectUri = '' } = purpose.parameters;
  return [redirectUri, ...allowedOrigins(application)].filter((url) => URL.canParse(url));
}
