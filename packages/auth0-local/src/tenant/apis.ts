import { isLoopbackHost } from '../is-loopback-host.js';
import { checkScopes, createSchema, updateSchema, type ApiInput } from './api-schema.js';
import { randomHex, randomSecret } from './ids.js';
import { readBody } from './read-body.js';
import { managementIdentifier, type Tenant } from './tenant.js';
import { invalid, TenantError } from './tenant-error.js';

export type { TokenDialect } from './api-schema.js';

/** An API, in the Management API's words a resource server. */
export interface Api extends Omit<ApiInput, 'subject_type_authorization'> {
  readonly id: string;
  readonly allow_offline_access: boolean;
  readonly skip_consent_for_verifiable_first_party_clients: boolean;
  readonly subject_type_authorization: {
    readonly user: { readonly policy: 'allow_all' | 'deny_all' | 'require_client_grant' };
    readonly client: { readonly policy: 'deny_all' | 'require_client_grant' };
  };
  readonly token_lifetime: number;
  readonly token_lifetime_for_web: number;
  readonly signing_alg: NonNullable<ApiInput['signing_alg']>;
  readonly is_system?: true;
}

/** @throws TenantError: something in the body is not acceptable, or an API has this identifier. */
export function createApi(tenant: Tenant, body: unknown): Api {
  const input = readBody(createSchema, body);
  checkScopes(input.scopes);
  if (findApi(tenant, input.identifier) !== undefined) {
    throw new TenantError(
      'conflict',
      'resource_server_conflict',
      'A resource server with the same identifier already exists',
    );
  }
  checkNotManagement(input.identifier);
  const api = withDefaults(randomHex(24), input);
  tenant.store.apis.put(api.id, api);
  return api;
}

/** Finds an API by its identifier; the Management API also by what the other listeners call it. */
export function findApi(tenant: Tenant, identifier: string): Api | undefined {
  return tenant.store.apis.find({ identifier: canonicalIdentifier(tenant, identifier) });
}

/** The identifier as it is stored: that of the Management API has a form for each listener. */
export function canonicalIdentifier({ issuers }: Tenant, identifier: string): string {
  const isManagement = issuers.some((issuer) => managementIdentifier(issuer) === identifier);
  return isManagement ? managementIdentifier(issuers[0] ?? '') : identifier;
}

/**
 * @param key - The id or the identifier.
 * @throws TenantError `inexistent_resource_server`.
 */
export function getApi(tenant: Tenant, key: string): Api {
  const api = tenant.store.apis.get(key) ?? findApi(tenant, key);
  if (api === undefined) {
    throw new TenantError('missing', 'inexistent_resource_server', 'The resource server does not exist');
  }
  return api;
}

/** @throws TenantError: unknown, a system API, or something in the body is not acceptable. */
export function updateApi(tenant: Tenant, key: string, body: unknown): Api {
  const api = getApi(tenant, key);
  checkNotSystem(api, 'patched');
  const input = readBody(updateSchema, body);
  checkScopes(input.scopes);
  const { subject_type_authorization: access } = input;
  const updated = withDefaults(api.id, {
    ...api,
    ...input,
    subject_type_authorization: { ...api.subject_type_authorization, ...access },
  });
  tenant.store.transaction(() => {
    tenant.store.apis.put(api.id, updated);
    dropRemovedScopes(tenant, updated);
  });
  return updated;
}

/**
 * Deletes an API with the grants, permissions, consents and refresh tokens for it. What is not there is no error.
 *
 * @throws TenantError: a system API.
 */
export function deleteApi(tenant: Tenant, key: string): void {
  const { store } = tenant;
  const api = store.apis.get(key) ?? findApi(tenant, key);
  if (api === undefined) return;
  checkNotSystem(api, 'deleted');
  store.transaction(() => {
    store.clientGrants.deleteWhere({ audience: api.identifier });
    store.permissions.deleteWhere({ identifier: api.identifier });
    // A new API of this name starts without what users have allowed the old one.
    store.consents.deleteWhere({ audience: api.identifier });
    store.artifacts.deleteWhere({ kind: 'refresh_token', audience: api.identifier });
    store.apis.delete(api.id);
  });
}

/** The names of the permissions an API defines. */
export function scopeNames(api: Api): string[] {
  return (api.scopes ?? []).map(({ value }) => value);
}

function withDefaults(id: string, { name, identifier, ...input }: ApiInput & Pick<Api, 'is_system'>): Api {
  const { subject_type_authorization: access, signing_alg: algorithm = 'RS256' } = input;
  const secret = input.signing_secret ?? (algorithm === 'HS256' ? randomSecret(24) : undefined);
  return {
    ...(name !== undefined && { name }),
    identifier,
    ...input,
    id,
    allow_offline_access: input.allow_offline_access ?? false,
    skip_consent_for_verifiable_first_party_clients:
      input.skip_consent_for_verifiable_first_party_clients ?? false,
    subject_type_authorization: {
      user: { policy: access?.user?.policy ?? 'allow_all' },
      client: { policy: access?.client?.policy ?? 'require_client_grant' },
    },
    token_lifetime: input.token_lifetime ?? 86_400,
    token_lifetime_for_web: input.token_lifetime_for_web ?? Math.min(7200, input.token_lifetime ?? 7200),
    signing_alg: algorithm,
    ...(secret !== undefined && { signing_secret: secret }),
  };
}

/** A permission that an API no longer defines is nobody's. */
function dropRemovedScopes({ store }: Tenant, api: Api): void {
  const left = new Set(scopeNames(api));
  for (const permission of store.permissions.list({ identifier: api.identifier })) {
    if (!left.has(permission.permission_name)) store.permissions.delete(permission.id);
  }
  for (const grant of store.clientGrants.list({ audience: api.identifier })) {
    const scope = grant.scope?.filter((name) => left.has(name));
    if (scope !== undefined && scope.length !== grant.scope?.length) {
      store.clientGrants.put(grant.id, { ...grant, scope });
    }
  }
}

/** The Management API is called like that, on whichever ports the tenant is started the next time. */
function checkNotManagement(identifier: string): void {
  const [, origin = ''] = /^(https?:\/\/[^/]+)\/api\/v2\/$/i.exec(identifier) ?? [];
  if (!URL.canParse(origin) || !isLoopbackHost(new URL(origin).hostname)) return;
  throw invalid(
    `The identifier '${identifier}' is reserved for the Management API of a tenant on this machine. Leave out the last slash, or choose another.`,
  );
}

function checkNotSystem(api: Api, what: 'patched' | 'deleted'): void {
  if (api.is_system) {
    throw invalid(`System resource servers cannot be ${what}`, 'system_resource_server');
  }
}
