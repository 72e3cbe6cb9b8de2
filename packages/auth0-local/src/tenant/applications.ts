import { createSchema, updateSchema, type ApplicationInput } from './application-schema.js';
import { withAuthenticationMethods } from './authentication-methods.js';
import type { Credential } from './credentials.js';
import { randomAlphanumerics, randomSecret } from './ids.js';
import { readBody } from './read-body.js';
import type { Tenant } from './tenant.js';
import { invalid, TenantError } from './tenant-error.js';

/** How long the refresh tokens of an application live, in seconds. */
export interface RefreshTokenPolicy {
  readonly rotation_type: 'rotating' | 'non-rotating';
  readonly expiration_type: 'expiring' | 'non-expiring';
  readonly leeway: number;
  readonly token_lifetime: number;
  readonly idle_token_lifetime: number;
  readonly infinite_token_lifetime: boolean;
  readonly infinite_idle_token_lifetime: boolean;
}

/** An application, in the Management API's words a client. */
export interface Application extends Omit<ApplicationInput, 'refresh_token' | 'grant_types'> {
  readonly client_id: string;
  readonly client_secret: string;
  readonly grant_types: readonly string[];
  readonly is_first_party: boolean;
  readonly oidc_conformant: boolean;
  readonly refresh_token: RefreshTokenPolicy;
  readonly global: false;
  /** The public keys it authenticates with; shown as ids only. */
  readonly credentials: readonly Credential[];
  /** Public keys it has and does not authenticate with. */
  readonly disabled_credentials: readonly Credential[];
}

/** By what an application is known; random where it is new. */
export interface ApplicationIdentity {
  readonly client_id?: string;
  readonly client_secret?: string;
}

/** @throws TenantError: something in the body is not acceptable. */
export function createApplication(
  tenant: Tenant,
  body: unknown,
  identity: ApplicationIdentity = {},
): Application {
  const input = readBody(createSchema, body);
  const isPublic = input.app_type === 'spa' || input.app_type === 'native';
  const isResourceServer = input.app_type === 'resource_server';
  const method = input.token_endpoint_auth_method ?? (isPublic ? 'none' : 'client_secret_post');
  const { refresh_token: refreshToken, ...rest } = input;
  checkOneMethod(input.token_endpoint_auth_method, input.client_authentication_methods);
  const application: Application = {
    ...rest,
    client_id: identity.client_id ?? randomAlphanumerics(32),
    client_secret: identity.client_secret ?? input.client_secret ?? randomSecret(),
    global: false,
    token_endpoint_auth_method: method,
    grant_types: input.grant_types ?? defaultGrantTypes(method, isResourceServer),
    is_first_party: input.is_first_party ?? true,
    oidc_conformant: input.oidc_conformant ?? isResourceServer,
    is_token_endpoint_ip_header_trusted: input.is_token_endpoint_ip_header_trusted ?? false,
    custom_login_page_on: input.custom_login_page_on ?? true,
    sso_disabled: input.sso_disabled ?? false,
    cross_origin_auth: input.cross_origin_auth ?? false,
    jwt_configuration: {
      alg: 'RS256',
      lifetime_in_seconds: 36_000,
      secret_encoded: false,
      ...input.jwt_configuration,
    },
    refresh_token: { ...defaultRefreshTokenPolicy, ...refreshToken },
    credentials: [],
    disabled_credentials: [],
  };
  const created = withAuthenticationMethods(tenant, application, input.client_authentication_methods);
  checkGrantTypes(created);
  tenant.store.applications.put(created.client_id, created);
  return created;
}

/** @throws TenantError `inexistent_client`. */
export function getApplication({ store }: Tenant, clientId: string): Application {
  const application = store.applications.get(clientId);
  if (application === undefined) {
    throw new TenantError('missing', 'inexistent_client', 'The client does not exist');
  }
  return application;
}

/** @throws TenantError: unknown, or something in the body is not acceptable. */
export function updateApplication(tenant: Tenant, clientId: string, body: unknown): Application {
  const application = getApplication(tenant, clientId);
  const { refresh_token: refreshToken, client_metadata: metadata, ...input } = readBody(updateSchema, body);
  const updated: Application = withAuthenticationMethods(
    tenant,
    {
      ...application,
      ...input,
      refresh_token: { ...application.refresh_token, ...refreshToken },
      ...(metadata !== undefined && {
        client_metadata: mergeMetadata(application.client_metadata, metadata),
      }),
    },
    input.client_authentication_methods,
  );
  checkOneMethod(input.token_endpoint_auth_method, updated.client_authentication_methods);
  checkGrantTypes(updated);
  tenant.store.applications.put(clientId, updated);
  return updated;
}

/**
 * Gives an application a new secret; the old one is void at once.
 *
 * @throws TenantError: unknown, or it authenticates with keys and has no use for a secret.
 */
export function rotateSecret(tenant: Tenant, clientId: string): Application {
  const known = getApplication(tenant, clientId);
  if (known.credentials.length > 0) {
    throw invalid(
      'The secret of a client that authenticates with private_key_jwt cannot be rotated',
      'operation_not_supported',
    );
  }
  const application = { ...known, client_secret: randomSecret() };
  tenant.store.applications.put(clientId, application);
  return application;
}

/** Deletes an application with its grants, its users' consents and everything it was issued. What is not there is no error. */
export function deleteApplication({ store }: Tenant, clientId: string): void {
  store.transaction(() => {
    store.clientGrants.deleteWhere({ client_id: clientId });
    store.consents.deleteWhere({ client_id: clientId });
    store.artifacts.deleteWhere({ client_id: clientId });
    store.applications.delete(clientId);
  });
}

/** The origins an application's pages may call the tenant from: those it lists, and those of its callbacks. */
export function allowedOrigins(application: Application): string[] {
  const listed = [...(application.allowed_origins ?? []), ...(application.web_origins ?? [])];
  const callbacks = (application.callbacks ?? [])
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url).origin);
  return [...new Set([...listed.map((origin) => origin.replace(/\/$/, '')), ...callbacks])].filter(
    (origin) => origin !== 'null',
  );
}

/** Whether the pages of any application may call the tenant from an origin. */
export function isAllowedOrigin({ store }: Tenant, origin: string): boolean {
  return store.applications.list().some((application) => allowedOrigins(application).includes(origin));
}

const defaultRefreshTokenPolicy: RefreshTokenPolicy = {
  expiration_type: 'non-expiring',
  leeway: 0,
  infinite_token_lifetime: true,
  infinite_idle_token_lifetime: true,
  token_lifetime: 2_592_000,
  idle_token_lifetime: 1_296_000,
  rotation_type: 'non-rotating',
};

function defaultGrantTypes(method: string, isResourceServer: boolean): string[] {
  if (isResourceServer) return [];
  const interactive = ['authorization_code', 'implicit', 'refresh_token'];
  return method === 'none' ? interactive : [...interactive, 'client_credentials'];
}

function checkGrantTypes({ token_endpoint_auth_method: method, grant_types: types }: Application): void {
  if (method === 'none' && types.includes('client_credentials')) {
    throw invalid('Invalid grant types: client_credentials');
  }
}

function checkOneMethod(
  method: ApplicationInput['token_endpoint_auth_method'],
  methods: ApplicationInput['client_authentication_methods'],
): void {
  if ((method ?? undefined) === undefined || (methods ?? undefined) === undefined) return;
  throw invalid('token_endpoint_auth_method and client_authentication_methods are mutually exclusive');
}

/** A member that is null goes; the others come or are replaced. */
function mergeMetadata(
  current: ApplicationInput['client_metadata'],
  merged: NonNullable<ApplicationInput['client_metadata']>,
): Record<string, string | null> {
  return Object.fromEntries(Object.entries({ ...current, ...merged }).filter(([, value]) => value !== null));
}
