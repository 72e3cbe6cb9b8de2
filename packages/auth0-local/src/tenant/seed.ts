import * as v from 'valibot';
import { createApi, findApi } from './apis.js';
import { createApplication } from './applications.js';
import { createClientGrant, findClientGrant } from './client-grants.js';
import { addPermissions } from './permissions.js';
import { looseObject, record, strictObject } from './object-schemas.js';
import { readBody } from './read-body.js';
import { assignRoles, createRole } from './roles.js';
import { getSettings, updateSettings } from './settings.js';
import type { Tenant } from './tenant.js';
import { invalid, TenantError } from './tenant-error.js';
import { createUser, findUserByEmail, importUser } from './users.js';

const list = v.exactOptional(v.array(looseObject({})));
const schema = strictObject({
  $schema: v.exactOptional(v.string()),
  resourceServers: list,
  clients: list,
  clientGrants: list,
  roles: list,
  users: list,
  claims: v.exactOptional(record(v.string())),
});

/**
 * What a tenant is filled with, in the words of the Management API: each item is the body that creates it. Beyond that:
 *
 * - `clients` may have `client_id` and `client_secret`;
 * - `clientGrants` name a client by its id or its name, and an API by its identifier;
 * - `roles` have `permissions`: `[{ "resource_server_identifier": …, "permission_name": … }]`;
 * - `users` have `roles` (names) and `permissions`, `password` or `password_hash`, and need no `connection`;
 * - `claims` are what tokens of users get: `{ "isAdmin": "app_metadata.isAdmin", "roles": "roles" }`.
 */
export type Seed = v.InferInput<typeof schema>;

type Item = Record<string, unknown>;

/**
 * Creates what a seed names and the tenant does not have. What it has stays as it is: an API is known by its identifier,
 * a client by its id or name, a role by its name, a user by the email.
 *
 * @throws TenantError: something in the seed is not acceptable; the message names it. Nothing before it is taken back.
 */
export async function applySeed(tenant: Tenant, given: unknown): Promise<void> {
  const seed = readBody(schema, given);
  const { claims } = seed;
  if (claims !== undefined) updateSettings(tenant, { claims: { ...getSettings(tenant).claims, ...claims } });
  for (const step of [
    ['resourceServers', addApi],
    ['clients', addClient],
    ['clientGrants', addGrant],
    ['roles', addRole],
    ['users', addSeedUser],
  ] as const) {
    const [name, add] = step;
    for (const [index, item] of (seed[name] ?? []).entries()) {
      await explainPlace(`${name}[${index}]`, () => add(tenant, item));
    }
  }
}

function addApi(tenant: Tenant, item: Item): void {
  if (typeof item['identifier'] === 'string' && findApi(tenant, item['identifier']) !== undefined) return;
  createApi(tenant, item);
}

function addClient(tenant: Tenant, item: Item): void {
  const { client_id: clientId, client_secret: clientSecret, ...body } = item;
  const known = findClientId(tenant, clientId ?? item['name']);
  if (known !== undefined) return;
  createApplication(tenant, body, {
    ...(typeof clientId === 'string' && { client_id: clientId }),
    ...(typeof clientSecret === 'string' && { client_secret: clientSecret }),
  });
}

function addGrant(tenant: Tenant, item: Item): void {
  const clientId = findClientId(tenant, item['client_id']);
  if (clientId === undefined)
    throw invalid(`There is no client with the id or name ${JSON.stringify(item['client_id'])}`);
  const api = typeof item['audience'] === 'string' ? findApi(tenant, item['audience']) : undefined;
  const subjectType = item['subject_type'] === 'user' ? 'user' : 'client';
  if (api !== undefined && findClientGrant(tenant, clientId, api, subjectType) !== undefined) return;
  createClientGrant(tenant, { ...item, client_id: clientId });
}

function addRole(tenant: Tenant, { permissions = [], ...body }: Item): void {
  if (typeof body['name'] === 'string' && tenant.store.roles.find({ name: body['name'] }) !== undefined)
    return;
  const role = createRole(tenant, body);
  if ((permissions as unknown[]).length > 0) addPermissions(tenant, role.id, { permissions });
}

async function addSeedUser(tenant: Tenant, item: Item): Promise<void> {
  const { roles = [], permissions = [], password_hash: hash, ...rest } = item;
  if (typeof item['email'] === 'string' && findUserByEmail(tenant, item['email']) !== undefined) return;
  const roleIds = (roles as unknown[]).map((name) => {
    const role = tenant.store.roles.find({ name: String(name) });
    if (role === undefined) throw invalid(`There is no role with the name ${JSON.stringify(name)}`);
    return role.id;
  });
  const body = { connection: getSettings(tenant).connection.name, ...rest };
  const user = typeof hash === 'string' ? importUser(tenant, body, hash) : await createUser(tenant, body);
  assignRoles(tenant, [user.user_id], roleIds);
  if ((permissions as unknown[]).length > 0) addPermissions(tenant, user.user_id, { permissions });
}

function findClientId({ store }: Tenant, key: unknown): string | undefined {
  if (typeof key !== 'string') return undefined;
  return (store.applications.get(key) ?? store.applications.find({ name: key }))?.client_id;
}

async function explainPlace(place: string, work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    throw new TenantError(error.kind, error.errorCode, `${place}: ${error.message}`);
  }
}
