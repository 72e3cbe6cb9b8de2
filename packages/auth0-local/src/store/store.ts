import Database from 'libsql';
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import type { Api } from '../tenant/apis.js';
import type { Application } from '../tenant/applications.js';
import type { Artifact } from '../tenant/artifacts.js';
import type { ClientGrant } from '../tenant/client-grants.js';
import type { Consent } from '../tenant/consents.js';
import type { Permission } from '../tenant/permissions.js';
import type { Role, UserRole } from '../tenant/roles.js';
import type { TenantSettings } from '../tenant/settings.js';
import type { SigningKey } from '../tenant/signing-keys.js';
import type { User } from '../tenant/users.js';
import type { LogEntry } from '../log/tenant-log.js';
import { Collection } from './collection.js';
import { migrations } from './migrations.js';

/** The state of a tenant, a collection for each kind of thing. */
export interface Store {
  readonly settings: Collection<TenantSettings>;
  readonly apis: Collection<Api, 'identifier'>;
  readonly applications: Collection<Application, 'name'>;
  readonly clientGrants: Collection<ClientGrant, 'client_id' | 'audience' | 'subject_type'>;
  readonly users: Collection<User, 'email'>;
  readonly roles: Collection<Role, 'name'>;
  readonly userRoles: Collection<UserRole, 'user_id' | 'role_id'>;
  readonly permissions: Collection<Permission, 'holder' | 'identifier'>;
  readonly signingKeys: Collection<SigningKey>;
  readonly consents: Collection<Consent, 'user_id' | 'client_id' | 'audience'>;
  readonly artifacts: Collection<Artifact, 'kind' | 'family' | 'user_id' | 'client_id' | 'audience'>;
  readonly logs: Collection<LogEntry>;
  /** Does all of the work or none of it, also if the process is killed in the middle. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** The state cannot be opened; the message says why and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: 'in_use' | 'damaged' | 'newer_version' | 'not_private';

  constructor(code: StoreError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Opens the database in a file, or one in memory without a file. What a collection has acknowledged survives the death
 * of the process at any moment. One process at a time has a file open.
 *
 * @throws StoreError: another process has it open, it was made by a newer version, or it is no database.
 */
export function openStore(file?: string): Store {
  const database = openDatabase(file);
  const store: Store = {
    settings: new Collection(database, 'settings'),
    apis: new Collection(database, 'apis'),
    applications: new Collection(database, 'applications'),
    clientGrants: new Collection(database, 'client_grants'),
    users: new Collection(database, 'users'),
    roles: new Collection(database, 'roles'),
    userRoles: new Collection(database, 'user_roles'),
    permissions: new Collection(database, 'permissions'),
    signingKeys: new Collection(database, 'signing_keys'),
    consents: new Collection(database, 'consents'),
    artifacts: new Collection(database, 'artifacts'),
    logs: new Collection(database, 'logs'),
    transaction: (work) => (database.inTransaction ? work() : database.transaction(work)()),
    close: () => closeDatabase(database),
  };
  return store;
}

/** Empties every collection. */
export function clearStore(store: Store): void {
  store.transaction(() => {
    for (const part of Object.values(store)) {
      if (part instanceof Collection) part.deleteWhere({});
    }
  });
}

function openDatabase(file: string | undefined): Database.Database {
  if (file !== undefined) makePrivateFile(file);
  const database = new Database(file ?? ':memory:');
  try {
    // Exclusive: a second process that opens the file is told so instead of mixing its writes with ours.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    // What was committed survives a killed process; only a power cut could take the last moments back.
    database.pragma('synchronous = NORMAL');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw explain(error, file);
  }
}

/**
 * Closes a database and lets go of its file. The driver keeps the connection open for as long as statements are in memory,
 * so the lock is given up by hand; leaving WAL mode first is what SQLite wants before that.
 */
function closeDatabase(database: Database.Database): void {
  database.pragma('journal_mode = DELETE');
  database.pragma('locking_mode = NORMAL');
  database.prepare('SELECT count(*) FROM settings').get();
  database.close();
}

/** Others on this machine must not read the secrets in it. SQLite gives its side files the mode of the main file. */
function makePrivateFile(file: string): void {
  if (existsSync(file)) chmodSync(file, 0o600);
  else closeSync(openSync(file, 'a', 0o600));
}

function migrate(database: Database.Database): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > migrations.length) {
    throw new StoreError(
      'newer_version',
      'The data was written by a newer version of auth0-local. Update the package, or use another data directory.',
    );
  }
  // Taken even where there is nothing to do: it shows at once whether another process has the file.
  database.transaction(() => {
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  })();
}

function explain(error: unknown, file: string | undefined): unknown {
  const { code } = error as { code?: string };
  if (code === 'SQLITE_BUSY') {
    return new StoreError(
      'in_use',
      `${file} is in use by another tenant. Stop that one (auth0 local stop), or give this one its own --data-dir.`,
    );
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new StoreError(
      'damaged',
      `${file} is damaged or no tenant's data. Move it away, or start afresh: auth0 local reset --force`,
    );
  }
  return error;
}
