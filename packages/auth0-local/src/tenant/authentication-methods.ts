import type { ApplicationInput } from './application-schema.js';
import type { Application } from './applications.js';
import { createCredential, type Credential } from './credentials.js';
import type { Tenant } from './tenant.js';
import { invalid } from './tenant-error.js';

/** The public keys of an application, those it does not authenticate with yet included. */
export function listCredentials({ credentials, disabled_credentials: disabled }: Application): Credential[] {
  return [...credentials, ...disabled];
}

/** An application that brings public keys authenticates with them, and no longer with a secret. */
export function withAuthenticationMethods(
  tenant: Tenant,
  application: Application,
  methods: ApplicationInput['client_authentication_methods'],
): Application {
  if (methods === undefined) return application;
  const known = listCredentials(application);
  if (methods === null) {
    const { client_authentication_methods, ...rest } = application;
    return {
      ...rest,
      credentials: [],
      disabled_credentials: known,
      token_endpoint_auth_method: application.token_endpoint_auth_method ?? 'client_secret_post',
    };
  }
  const credentials = readCredentials(tenant, methods.private_key_jwt?.credentials ?? [], known);
  return {
    ...application,
    token_endpoint_auth_method: null,
    credentials,
    disabled_credentials: known.filter(({ id }) => !credentials.some((enabled) => enabled.id === id)),
    client_authentication_methods: describeMethods(credentials),
  };
}

/** Reads a list in which each credential is new, or the `{ id }` of one that is there. */
function readCredentials(
  tenant: Tenant,
  list: readonly unknown[],
  known: readonly Credential[],
): Credential[] {
  return list.map((item) => {
    const id = (item as { id?: unknown } | null)?.id;
    if (id === undefined) return createCredential(tenant, item);
    const credential = known.find((candidate) => candidate.id === id);
    if (credential === undefined) throw invalid('The credential does not exist', 'inexistent_credential');
    return credential;
  });
}

/** What `client_authentication_methods` shows of the keys an application authenticates with. */
export function describeMethods(
  credentials: readonly Credential[],
): NonNullable<ApplicationInput['client_authentication_methods']> {
  return { private_key_jwt: { credentials: credentials.map(({ id }) => ({ id })) } };
}
