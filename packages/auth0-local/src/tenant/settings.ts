import { randomAlphanumerics, randomSecret } from './ids.js';
import type { Tenant } from './tenant.js';

/** The one database connection of a tenant. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly strategy: 'auth0';
}

/** What a tenant has once. */
export interface TenantSettings {
  readonly connection: Connection;
  /** Signs cookies and what is not to be stored. Never shown. */
  readonly cookie_secret: string;
  /**
   * Claims that tokens of users and their profile get beyond the standard ones, and where their values are found:
   * `{ "isAdmin": "app_metadata.isAdmin", "roles": "roles" }`. It stands in for a post-login Action.
   */
  readonly claims: Readonly<Record<string, string>>;
}

const id = 'tenant';

/** Makes the settings of a new tenant. */
export function createSettings({ store }: Tenant): void {
  store.settings.put(id, {
    connection: {
      id: `con_${randomAlphanumerics(16)}`,
      name: 'Username-Password-Authentication',
      strategy: 'auth0',
    },
    cookie_secret: randomSecret(),
    claims: {},
  });
}

/** Whether the state is that of a tenant, and not an empty database. */
export function hasSettings({ store }: Tenant): boolean {
  return store.settings.count() > 0;
}

export function getSettings({ store }: Tenant): TenantSettings {
  const settings = store.settings.get(id);
  if (settings === undefined) throw new Error('The tenant has no settings: it was not initialised.');
  return settings;
}

export function updateSettings(tenant: Tenant, changes: Partial<TenantSettings>): void {
  tenant.store.settings.put(id, { ...getSettings(tenant), ...changes });
}
