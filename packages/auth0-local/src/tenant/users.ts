import * as v from 'valibot';
import { hashPassword, isPasswordHash } from './passwords.js';
import { randomHex } from './ids.js';
import { longestTexts } from './longest-texts.js';
import { anyObject, strictObject } from './object-schemas.js';
import { readBody } from './read-body.js';
import { getSettings } from './settings.js';
import type { Tenant } from './tenant.js';
import { invalid, TenantError } from './tenant-error.js';
import { withoutControls, withoutControlsOrJoiners } from './without-controls.js';

const { user: longest } = longestTexts;
const metadata = v.exactOptional(v.nullable(anyObject));
const text = (what: string) =>
  v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(longest.name), withoutControls(what)));
const email = v.pipe(v.string(), v.email(), v.maxLength(longest.email));
const password = v.pipe(v.string(), v.minLength(1), v.maxLength(longest.password));

const profile = {
  email_verified: v.exactOptional(v.boolean()),
  username: text('Username'),
  phone_number: text('Phone number'),
  phone_verified: v.exactOptional(v.boolean()),
  given_name: text('Given name'),
  family_name: text('Family name'),
  name: text('Name'),
  nickname: text('Nickname'),
  picture: text('Picture'),
  blocked: v.exactOptional(v.boolean()),
  user_metadata: metadata,
  app_metadata: metadata,
  verify_email: v.exactOptional(v.boolean()),
};
const createSchema = strictObject({
  connection: v.string(),
  email,
  password,
  user_id: v.exactOptional(
    v.pipe(
      v.string(),
      v.minLength(1),
      v.maxLength(255),
      v.regex(/^[^\s|]+$/, "Object didn't pass validation for format user-id"),
      withoutControlsOrJoiners('User id'),
    ),
  ),
  ...profile,
});
const updateSchema = strictObject({
  ...profile,
  email: v.exactOptional(email),
  password: v.exactOptional(password),
  connection: v.exactOptional(v.string()),
  client_id: v.exactOptional(v.string()),
});

type Metadata = Record<string, unknown>;

/** A user with the hash of the password. */
export interface User {
  readonly user_id: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
  readonly nickname: string;
  readonly picture: string;
  readonly username?: string;
  readonly phone_number?: string;
  readonly phone_verified?: boolean;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly blocked?: boolean;
  readonly user_metadata?: Metadata;
  readonly app_metadata?: Metadata;
  readonly created_at: string;
  readonly updated_at: string;
  readonly identities: readonly [Identity];
  readonly last_login?: string;
  readonly last_ip?: string;
  readonly logins_count?: number;
  readonly password_hash: string;
}

/** The account behind a user. */
export interface Identity {
  readonly connection: string;
  readonly user_id: string;
  readonly provider: 'auth0';
  readonly isSocial: false;
}

/** @throws TenantError: something in the body is not acceptable, or the email or the id is taken. */
export async function createUser(tenant: Tenant, body: unknown): Promise<User> {
  const { password: secret, ...input } = readBody(createSchema, body);
  return addUser(tenant, input, await hashPassword(secret));
}

/**
 * Adds a user with the hash of the password: one that was exported.
 *
 * @throws TenantError: as for a new user, or the hash was not made here.
 */
export function importUser(tenant: Tenant, body: object, hash: string): User {
  if (!isPasswordHash(hash))
    throw invalid("Payload validation error: 'No hash of this tenant' on property password_hash.");
  const { password, ...input } = readBody(createSchema, { ...body, password: 'hashed' });
  return addUser(tenant, input, hash);
}

type UserInput = Omit<v.InferOutput<typeof createSchema>, 'password'>;

function addUser(tenant: Tenant, given: UserInput, hash: string): User {
  const { connection, user_id: suffix = randomHex(24), verify_email, ...input } = given;
  checkConnection(tenant, connection);
  const id = `auth0|${suffix}`;
  if (tenant.store.users.get(id) !== undefined || findUserByEmail(tenant, input.email) !== undefined) {
    throw new TenantError('conflict', 'auth0_idp_error', 'The user already exists.');
  }
  const at = new Date(tenant.now()).toISOString();
  const address = input.email.toLowerCase();
  const user: User = mergeUser(
    {
      user_id: id,
      email: address,
      email_verified: false,
      name: address,
      nickname: address.split('@')[0] ?? address,
      picture: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg"/>')}`,
      identities: [{ connection, user_id: suffix, provider: 'auth0', isSocial: false }],
      created_at: at,
      updated_at: at,
      password_hash: hash,
    },
    { ...input, email: address },
  );
  tenant.store.users.put(id, user);
  return user;
}

/** @throws TenantError `inexistent_user`. */
export function getUser({ store }: Tenant, id: string): User {
  const user = store.users.get(id);
  if (user === undefined) throw new TenantError('missing', 'inexistent_user', 'The user does not exist.');
  return user;
}

export function findUserByEmail({ store }: Tenant, address: string): User | undefined {
  return store.users.find({ email: address.toLowerCase() });
}

/** Changes a user: metadata is merged member by member, and a member that is null goes. */
export async function updateUser(tenant: Tenant, id: string, body: unknown): Promise<User> {
  getUser(tenant, id);
  const changes = readBody(updateSchema, body);
  checkSimultaneous(changes);
  const { connection, password: secret, client_id, verify_email, ...input } = changes;
  if (connection !== undefined) checkConnection(tenant, connection);
  const hash = secret === undefined ? undefined : await hashPassword(secret);
  // Read after the last wait, so that nothing that happened meanwhile is overwritten.
  const user = getUser(tenant, id);
  const taken = input.email === undefined ? undefined : findUserByEmail(tenant, input.email);
  if (taken !== undefined && taken.user_id !== id) {
    throw new TenantError('conflict', 'auth0_idp_error', 'The specified new email already exists');
  }
  const updated = mergeUser(user, {
    ...input,
    ...(input.email !== undefined && { email: input.email.toLowerCase() }),
    updated_at: new Date(tenant.now()).toISOString(),
    ...(hash !== undefined && { password_hash: hash }),
  });
  tenant.store.transaction(() => {
    tenant.store.users.put(id, updated);
    // Whoever knew the old password is logged out everywhere.
    if (hash !== undefined) tenant.store.artifacts.deleteWhere({ kind: 'session', user_id: id });
  });
  return updated;
}

/** Deletes a user with its roles, permissions, consents, sessions and tokens. What is not there is no error. */
export function deleteUser({ store }: Tenant, id: string): void {
  store.transaction(() => {
    store.userRoles.deleteWhere({ user_id: id });
    store.permissions.deleteWhere({ holder: id });
    store.consents.deleteWhere({ user_id: id });
    store.artifacts.deleteWhere({ user_id: id });
    store.users.delete(id);
  });
}

/** Notes that a user has logged in. */
export function recordLogin(tenant: Tenant, id: string, ip: string | undefined): void {
  const user = getUser(tenant, id);
  tenant.store.users.put(id, {
    ...user,
    last_login: new Date(tenant.now()).toISOString(),
    ...(ip !== undefined && { last_ip: ip }),
    logins_count: (user.logins_count ?? 0) + 1,
  });
}

type UserChanges = { readonly [K in keyof User]?: User[K] | null | undefined };

function mergeUser(
  user: User,
  { user_metadata: userData, app_metadata: appData, ...changes }: UserChanges,
): User {
  const merged: Record<string, unknown> = { ...user };
  for (const [name, value] of Object.entries(changes)) {
    if (value !== undefined) merged[name] = value;
  }
  for (const [name, value] of [
    ['user_metadata', userData],
    ['app_metadata', appData],
  ] as const) {
    if (value === undefined) continue;
    const members = Object.entries({ ...user[name], ...value }).filter(([, member]) => member !== null);
    const isEmptied = value === null || (name === 'app_metadata' && Object.keys(value).length === 0);
    if (isEmptied) delete merged[name];
    else merged[name] = Object.fromEntries(members);
  }
  return merged as unknown as User;
}

const notTogether = [
  ['password', 'email'],
  ['password', 'email_verified'],
  ['username', 'email'],
  ['username', 'email_verified'],
  ['username', 'password'],
] as const;

/** What the real tenant does not change in one request. */
function checkSimultaneous(changes: v.InferOutput<typeof updateSchema>): void {
  for (const [one, other] of notTogether) {
    if (changes[one] !== undefined && changes[other] !== undefined)
      throw invalid(`Cannot update ${one} and ${other} simultaneously`);
  }
}

function checkConnection(tenant: Tenant, name: string): void {
  if (name !== getSettings(tenant).connection.name) {
    throw invalid('The connection does not exist.', 'inexistent_connection');
  }
}
