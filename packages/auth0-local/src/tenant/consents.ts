import type { Tenant } from './tenant.js';

/** What a user has allowed an application to do with an API. */
export interface Consent {
  readonly user_id: string;
  readonly client_id: string;
  readonly audience: string;
  readonly scope: readonly string[];
}

/** The scopes a user has allowed so far. */
function consentedScopes({ store }: Tenant, consent: Omit<Consent, 'scope'>): readonly string[] {
  return store.consents.get(consentId(consent))?.scope ?? [];
}

/** Whether a user has allowed an application all of these scopes, or without any the access itself. */
export function hasConsented({ store }: Tenant, { scope, ...consent }: Consent): boolean {
  const known = store.consents.get(consentId(consent));
  return known !== undefined && scope.every((name) => known.scope.includes(name));
}

/** Adds to what a user has allowed. */
export function recordConsent(tenant: Tenant, { scope, ...consent }: Consent): void {
  const known = consentedScopes(tenant, consent);
  tenant.store.consents.put(consentId(consent), { ...consent, scope: [...new Set([...known, ...scope])] });
}

function consentId({ user_id: user, client_id: client, audience }: Omit<Consent, 'scope'>): string {
  return JSON.stringify([user, client, audience]);
}
