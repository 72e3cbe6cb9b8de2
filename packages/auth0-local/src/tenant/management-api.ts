import type { Api } from './apis.js';
import { randomHex } from './ids.js';
import { permissionId } from './permissions.js';
import { managementIdentifier, type Tenant } from './tenant.js';
import { TenantError } from './tenant-error.js';

/** What the Management API knows to protect: a verb, and what it is about. */
const permissions: Readonly<Record<string, readonly string[]>> = {
  resource_servers: ['read', 'create', 'update', 'delete'],
  clients: ['read', 'create', 'update', 'delete'],
  client_keys: ['read', 'create', 'update', 'delete'],
  client_credentials: ['read', 'create', 'update', 'delete'],
  client_summary: ['read'],
  client_grants: ['read', 'create', 'update', 'delete'],
  users: ['read', 'create', 'update', 'delete'],
  users_app_metadata: ['read', 'create', 'update', 'delete'],
  roles: ['read', 'create', 'update', 'delete'],
  role_members: ['read', 'create', 'delete'],
  signing_keys: ['read', 'create', 'update'],
  connections: ['read'],
  logs: ['read'],
  tenant_settings: ['read', 'update'],
};

/** Every permission of the Management API. */
export const managementScopes: readonly string[] = Object.entries(permissions).flatMap(([noun, verbs]) =>
  verbs.map((verb) => `${verb}:${noun}`),
);

/** Puts the Management API into a new tenant. */
export function createManagementApi({ store, issuers }: Tenant): void {
  const api: Api = {
    id: randomHex(24),
    name: 'Auth0 Management API',
    identifier: managementIdentifier(issuers[0] ?? ''),
    scopes: managementScopes.map((value) => ({ value })),
    is_system: true,
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
    subject_type_authorization: { user: { policy: 'allow_all' }, client: { policy: 'require_client_grant' } },
    token_lifetime: 86_400,
    token_lifetime_for_web: 7200,
    signing_alg: 'RS256',
  };
  store.apis.put(api.id, api);
}

/**
 * Lets the identifier of the Management API follow the tenant to other ports or another `--issuer`, with everything
 * that refers to it, and gives it the permissions that newer versions know.
 */
export function adoptIssuers(tenant: Tenant): void {
  const { store } = tenant;
  const identifier = managementIdentifier(tenant.issuers[0] ?? '');
  const api = store.apis.list().find(({ is_system: isSystem }) => isSystem);
  if (api === undefined) return;
  checkNamesAreFree(tenant, api);
  store.transaction(() => {
    store.apis.put(api.id, { ...api, identifier, scopes: managementScopes.map((value) => ({ value })) });
    if (api.identifier === identifier) return;
    for (const grant of store.clientGrants.list({ audience: api.identifier })) {
      store.clientGrants.put(grant.id, { ...grant, audience: identifier });
    }
    for (const permission of store.permissions.list({ identifier: api.identifier })) {
      store.permissions.delete(permission.id);
      const id = permissionId(permission.holder, identifier, permission.permission_name);
      store.permissions.put(id, { ...permission, id, resource_server_identifier: identifier });
    }
  });
}

/** No other API may have a name of the Management API. */
function checkNamesAreFree({ store, issuers }: Tenant, system: Api): void {
  for (const identifier of issuers.map(managementIdentifier)) {
    const other = store.apis.find({ identifier });
    if (other === undefined || other.id === system.id) continue;
    throw new TenantError(
      'conflict',
      'resource_server_conflict',
      `The API '${identifier}' has the name that the Management API has on these ports or with this issuer. ` +
        `Start the tenant with others, and delete that API: auth0 apis delete ${identifier}`,
    );
  }
}
