import { hasConsented } from '../../tenant/consents.js';
import type { Tenant } from '../../tenant/tenant.js';
import type { User } from '../../tenant/users.js';
import type { Access } from './describe-access.js';
import { describeConsent } from './describe-consent.js';

/**
 * Whether a user has yet to allow what an application would have: one of somebody else always needs that, the tenant's own
 * where the API does not waive it.
 */
export function isConsentMissing(tenant: Tenant, user: User, { application, api, scopes }: Access): boolean {
  const isWaived = api === undefined || api.skip_consent_for_verifiable_first_party_clients;
  if (application.is_first_party && isWaived) return false;
  return !hasConsented(tenant, describeConsent(user, application, api, scopes));
}
