import type { Api } from './apis.js';
import type { Application } from './applications.js';
import type { Seed } from './seed.js';
import { listUserRoles } from './roles.js';
import { getSettings } from './settings.js';
import type { Tenant } from './tenant.js';
import type { User } from './users.js';

/**
 * The state of a tenant as a seed: applied to an empty tenant, it makes the same APIs, clients, grants, roles and users,
 * with the same client ids, secrets and passwords (as hashes). Signing keys, sessions and tokens are not part of it.
 */
export function exportSeed(tenant: Tenant): Seed {
  const { store } = tenant;
  const system = store.apis.list().find(({ is_system: isSystem }) => isSystem)?.identifier;
  return {
    resourceServers: store.apis
      .list()
      .filter(({ is_system: isSystem }) => !isSystem)
      .map(exportApi),
    clients: store.applications.list().map(exportClient),
    clientGrants: store.clientGrants
      .list()
      .filter(({ audience }) => audience !== system)
      .map(({ id, ...grant }) => ({ ...grant })),
    roles: store.roles.list().map(({ id, name, description }) => ({
      name,
      description,
      permissions: heldPermissions(tenant, id, system),
    })),
    users: store.users.list().map((user) => exportUser(tenant, user, system)),
    claims: { ...getSettings(tenant).claims },
  };
}

function exportApi({ id, ...api }: Api): Record<string, unknown> {
  return api;
}

function exportClient({
  global,
  credentials,
  disabled_credentials,
  ...client
}: Application): Record<string, unknown> {
  if (credentials.length === 0) return client;
  const keys = credentials.map(({ credential_type: type, name, kid, alg, pem }) => ({
    credential_type: type,
    ...(name !== undefined && { name }),
    kid,
    alg,
    pem,
  }));
  const { token_endpoint_auth_method, ...rest } = client;
  return { ...rest, client_authentication_methods: { private_key_jwt: { credentials: keys } } };
}

function exportUser(tenant: Tenant, user: User, system: string | undefined): Record<string, unknown> {
  const {
    user_id: id,
    identities,
    created_at,
    updated_at,
    last_login,
    last_ip,
    logins_count,
    ...rest
  } = user;
  return {
    user_id: identities[0].user_id,
    ...rest,
    roles: listUserRoles(tenant, id).map(({ name }) => name),
    permissions: heldPermissions(tenant, id, system),
  };
}

function heldPermissions({ store }: Tenant, holder: string, system: string | undefined): object[] {
  return store.permissions
    .list({ holder })
    .filter(({ resource_server_identifier: identifier }) => identifier !== system)
    .map(({ resource_server_identifier: identifier, permission_name: name }) => ({
      resource_server_identifier: identifier,
      permission_name: name,
    }));
}
