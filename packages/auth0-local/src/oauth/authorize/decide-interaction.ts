import { nowSeconds, type Tenant } from '../../tenant/tenant.js';
import { isConsentMissing } from '../consent/is-consent-missing.js';
import type { Session } from '../login/session.js';
import { readGrantedScopes } from './read-granted-scopes.js';
import type { AuthorizeRequest } from './read-request.js';

/** What the user has done for this very request. */
export interface Progress {
  readonly hasLoggedIn: boolean;
  readonly hasConsented: boolean;
}

/** What a user who is logged in still has to do before a request can be answered; nothing if it can. */
export function decideInteraction(
  tenant: Tenant,
  request: AuthorizeRequest,
  session: Session,
  progress: Progress,
): 'login' | 'consent' | undefined {
  if (!progress.hasLoggedIn && isLoginWanted(tenant, request, session)) return 'login';
  if (!progress.hasConsented && isConsentWanted(tenant, request, session)) return 'consent';
  return undefined;
}

function isLoginWanted(tenant: Tenant, { prompts, maxAge }: AuthorizeRequest, session: Session): boolean {
  if (prompts.has('login') || prompts.has('select_account') || maxAge === 0) return true;
  return maxAge !== undefined && nowSeconds(tenant) - session.auth_time > maxAge;
}

function isConsentWanted(tenant: Tenant, request: AuthorizeRequest, { user }: Session): boolean {
  if (request.prompts.has('consent')) return true;
  const scopes = readGrantedScopes(tenant, request, user);
  return isConsentMissing(tenant, user, { ...request, scopes });
}
