import { getApplication, type Application } from './applications.js';
import { describeMethods, listCredentials } from './authentication-methods.js';
import { changeCredential, createCredential, type Credential } from './credentials.js';
import type { Tenant } from './tenant.js';
import { TenantError } from './tenant-error.js';

/** @throws TenantError `inexistent_credential`. */
export function getCredential(application: Application, id: string): Credential {
  const credential = listCredentials(application).find((known) => known.id === id);
  if (credential === undefined) {
    throw new TenantError('missing', 'inexistent_credential', 'The credential does not exist');
  }
  return credential;
}

/**
 * Adds a public key. The application authenticates with it once its `client_authentication_methods` name it.
 *
 * @throws TenantError: the application is unknown, or something in the body is not acceptable.
 */
export function addCredential(tenant: Tenant, clientId: string, body: unknown): Credential {
  const application = getApplication(tenant, clientId);
  const credential = createCredential(tenant, body);
  tenant.store.applications.put(clientId, {
    ...application,
    disabled_credentials: [...application.disabled_credentials, credential],
  });
  return credential;
}

/** @throws TenantError: the application or the key is unknown, or something in the body is not acceptable. */
export function updateCredential(tenant: Tenant, clientId: string, id: string, body: unknown): Credential {
  const application = getApplication(tenant, clientId);
  const changed = changeCredential(tenant, getCredential(application, id), body);
  const replace = (known: Credential): Credential => (known.id === id ? changed : known);
  tenant.store.applications.put(clientId, {
    ...application,
    credentials: application.credentials.map(replace),
    disabled_credentials: application.disabled_credentials.map(replace),
  });
  return changed;
}

/** Deletes a public key, whether the application authenticates with it or not. What is not there is no error. */
export function deleteCredential(tenant: Tenant, clientId: string, id: string): void {
  const application = getApplication(tenant, clientId);
  const isKept = (known: { readonly id: string }): boolean => known.id !== id;
  const credentials = application.credentials.filter(isKept);
  tenant.store.applications.put(clientId, {
    ...application,
    ...(application.client_authentication_methods && {
      client_authentication_methods: describeMethods(credentials),
    }),
    credentials,
    disabled_credentials: application.disabled_credentials.filter(isKept),
  });
}
