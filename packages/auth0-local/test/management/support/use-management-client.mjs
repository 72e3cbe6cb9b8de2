// Uses the published client of the real tenant, unmodified, and prints what it was told. It speaks https and nothing else,
// so it runs in a process whose environment has the tenant's certificate authority.
import { generateKeyPairSync } from 'node:crypto';
import { ManagementClient } from 'auth0';

const { AUTH0_DOMAIN: domain, MANAGEMENT_TOKEN: token } = process.env;
const management = new ManagementClient(
  token === undefined ? { domain, clientId: 'manager', clientSecret: 'manager-secret' } : { domain, token },
);
const connection = 'Username-Password-Authentication';
const identifier = 'https://orders.example.com/';

/** Every item of a list, page by page. */
async function collect(list) {
  const items = [];
  for await (const item of await list) items.push(item);
  return items;
}

/** The error that a call fails with. */
async function failure(call) {
  try {
    await call;
    return 'none';
  } catch (error) {
    return [error.constructor.name, error.statusCode, error.body?.errorCode ?? error.body?.message];
  }
}

async function useResourceServers() {
  const { resourceServers } = management;
  const created = await resourceServers.create({ identifier, scopes: [{ value: 'read:orders' }] });
  const other = await resourceServers.create({ identifier: identifier.slice(0, -1) });
  const byId = await resourceServers.get(created.id);
  const byIdentifier = await resourceServers.get(identifier);
  const updated = await resourceServers.update(identifier, { name: 'Orders', token_lifetime: 60 });
  const listed = await collect(resourceServers.list({ per_page: 2 }));
  const conflict = await failure(resourceServers.create({ identifier }));
  const invalid = await failure(resourceServers.create({ identifier: '' }));
  await resourceServers.delete(other.id);
  return {
    created: created.signing_alg,
    found: [byId.id === created.id, byIdentifier.id === created.id, byId.id !== other.id],
    updated: [updated.name, updated.token_lifetime],
    listed: listed.map((api) => api.identifier === identifier || api.identifier === other.identifier),
    failures: [conflict, invalid, await failure(resourceServers.get(other.id))],
  };
}

async function useClients() {
  const { clients } = management;
  const created = await clients.create({ name: 'Shop', app_type: 'regular_web' });
  const id = created.client_id;
  const some = await clients.get(id, { fields: 'name,client_id', include_fields: true });
  const updated = await clients.update(id, { callbacks: ['https://shop.example.com/cb'] });
  const rotated = await clients.rotateSecret(id);
  const listed = await collect(clients.list({ per_page: 2 }));
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const credential = await clients.credentials.create(id, {
    credential_type: 'public_key',
    name: 'First',
    pem: publicKey.export({ type: 'spki', format: 'pem' }),
  });
  const credentials = await clients.credentials.list(id);
  const found = await clients.credentials.get(id, credential.id);
  const changed = await clients.credentials.update(id, credential.id, {
    expires_at: '2099-01-01T00:00:00.000Z',
  });
  await clients.credentials.delete(id, credential.id);
  const left = await clients.credentials.list(id);
  await clients.delete(id);
  return {
    created: [id.length, created.grant_types],
    some: Object.keys(some).toSorted(),
    updated: updated.callbacks,
    rotated: rotated.client_secret !== created.client_secret,
    listed: listed.map(({ name }) => name),
    credentials: [credentials.length, found.id === credential.id, changed.expires_at, left.length],
    failures: [
      await failure(clients.get(id)),
      await failure(
        clients.create({
          name: 'x',
          token_endpoint_auth_method: 'none',
          grant_types: ['client_credentials'],
        }),
      ),
    ],
  };
}

async function useClientGrants() {
  const { clientGrants } = management;
  const created = await clientGrants.create({
    client_id: 'stranger-client',
    audience: identifier,
    scope: ['read:orders'],
  });
  const found = await clientGrants.get(created.id);
  const updated = await clientGrants.update(created.id, { scope: [] });
  const all = await collect(clientGrants.list({ take: 1 }));
  const some = await collect(clientGrants.list({ client_id: 'stranger-client' }));
  await clientGrants.delete(created.id);
  return {
    created: [created.audience, created.scope, found.id === created.id],
    updated: updated.scope,
    listed: [
      all.length,
      some.length,
      (await collect(clientGrants.list({ client_id: 'stranger-client' }))).length,
    ],
    failures: [await failure(clientGrants.get(created.id))],
  };
}

async function useRolesAndUsers() {
  const { roles, users } = management;
  const role = await roles.create({ name: 'editor', description: 'Edits' });
  const renamed = await roles.update(role.id, { name: 'chief editor' });
  const permissions = [{ resource_server_identifier: identifier, permission_name: 'read:orders' }];
  await roles.permissions.add(role.id, { permissions });
  const user = await users.create({ connection, email: 'Jane@example.com', password: 'a good password' });
  const updated = await users.update(user.user_id, { user_metadata: { colour: 'blue' }, nickname: 'JD' });
  await users.roles.assign(user.user_id, { roles: [role.id] });
  await roles.users.assign(role.id, { users: ['auth0|plain'] });
  await users.permissions.create(user.user_id, { permissions });
  const answer = {
    role: [role.type, renamed.name, (await roles.get(role.id)).description],
    listedRoles: (await collect(roles.list({ name_filter: 'EDITOR' }))).map(({ name }) => name),
    rolePermissions: (await collect(roles.permissions.list(role.id))).map((item) => item.permission_name),
    roleUsers: (await collect(roles.users.list(role.id, { take: 1 }))).map(({ email }) => email),
    user: [updated.email, updated.nickname, updated.user_metadata, 'password_hash' in updated],
    found: [
      (await users.get(user.user_id)).email,
      (await users.listUsersByEmail({ email: 'jane@example.com' })).length,
      (await collect(users.list({ q: 'email:"jane@example.com"', search_engine: 'v3' }))).length,
      (await collect(users.list({ per_page: 1 }))).length,
    ],
    userRoles: (await collect(users.roles.list(user.user_id))).map(({ name }) => name),
    userPermissions: (await collect(users.permissions.list(user.user_id))).map((item) => item.sources.length),
    failures: [
      await failure(users.create({ connection, email: 'jane@example.com', password: 'x' })),
      await failure(users.roles.assign(user.user_id, { roles: ['rol_x'] })),
    ],
  };
  await users.permissions.delete(user.user_id, { permissions });
  await users.roles.delete(user.user_id, { roles: [role.id] });
  await roles.permissions.delete(role.id, { permissions });
  answer.left = [
    (await collect(users.permissions.list(user.user_id))).length,
    (await collect(users.roles.list(user.user_id))).length,
    (await collect(roles.permissions.list(role.id))).length,
  ];
  await users.delete(user.user_id);
  await roles.delete(role.id);
  answer.failures.push(await failure(users.get(user.user_id)), await failure(roles.get(role.id)));
  return answer;
}

async function useKeys() {
  const { signing } = management.keys;
  const before = await signing.list();
  const rotated = await signing.rotate();
  const found = await signing.get(rotated.kid);
  const old = before.find(({ current }) => current);
  const revoked = await signing.revoke(old.kid);
  const after = await failure(signing.list());
  return { before: before.length, rotated: found.current, revoked: revoked.kid === old.kid, after };
}

async function useTheRest() {
  const { connections, logs, tenants } = management;
  const [database] = await collect(connections.list({ strategy: 'auth0', name: connection }));
  const events = await collect(logs.list({ per_page: 1, page: 0 }));
  return {
    connection: [database.name, (await connections.get(database.id)).strategy],
    logs: [events.length > 0, (await logs.get(events[0].log_id)).type],
    settings: (await tenants.settings.get()).friendly_name,
    failures: [
      await failure(new ManagementClient({ domain, token: 'x', maxRetries: 0 }).roles.list()),
      await failure(management.roles.list({ per_page: 1000 })),
    ],
  };
}

const result = {};
for (const use of [useResourceServers, useClients, useClientGrants, useRolesAndUsers, useTheRest, useKeys]) {
  result[use.name] = await use();
}
process.stdout.write(JSON.stringify(result));
