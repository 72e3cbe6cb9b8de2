import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '../command-line/command-error.js';
import { findRunningTenants, type RunningTenantRecord } from '../running-tenants.js';
import { readConfig, type Config, type Login } from './logins.js';

/** A tenant that commands can be sent to: one on this machine, or one that was logged in to. */
export type KnownTenant = LocalTenant | LoggedInTenant;

export interface LocalTenant {
  readonly kind: 'local';
  /** Like `localhost:4400`. */
  readonly name: string;
  readonly url: string;
  readonly record: RunningTenantRecord;
}

export interface LoggedInTenant {
  readonly kind: 'login';
  /** Its domain. */
  readonly name: string;
  readonly url: string;
  readonly login: Login;
}

/** Every tenant that commands can be sent to, those on this machine first. */
export async function findTenants({ logins }: Config): Promise<KnownTenant[]> {
  const records = await findRunningTenants();
  return [
    ...records.map((record): LocalTenant => ({
      kind: 'local',
      name: record.name,
      url: chooseUrl(record),
      record,
    })),
    ...logins.map((login): LoggedInTenant => {
      return { kind: 'login', name: login.domain, url: `https://${login.domain}`, login };
    }),
  ];
}

/** Inside `auth0 local exec` tokens come from the https listener, which is the issuer that `AUTH0_DOMAIN` names there. */
function chooseUrl({ url, https_url: httpsUrl }: RunningTenantRecord): string {
  const { AUTH0_DOMAIN: domain, NODE_EXTRA_CA_CERTS: authority } = process.env;
  return authority !== undefined && domain === new URL(httpsUrl).host ? httpsUrl : url;
}

/**
 * Selects the tenant of a command: the one that is named; the one `tenants use` has chosen; the only one that runs here;
 * of several the one whose data is in the working directory or above it; the only one that was logged in to.
 *
 * @throws CommandError: there is none, or there are several; the message says how to have or to name one.
 */
export async function selectTenant(named: string | undefined): Promise<KnownTenant> {
  const config = readConfig();
  const tenants = await findTenants(config);
  if (named !== undefined) return findNamed(tenants, named);
  if (config.tenant !== undefined) return findChosen(tenants, config.tenant);
  const local = tenants.filter((tenant) => tenant.kind === 'local');
  const meant = findMeant(local.length > 0 ? local : tenants);
  if (meant !== undefined) return meant;
  throw new CommandError(
    "There is no tenant. Start one with 'auth0 local start', or log in to a real one with 'auth0 login'",
  );
}

/**
 * Selects a tenant that runs on this machine, for commands about the process itself, as above. A real tenant that was chosen
 * does not count.
 *
 * @throws CommandError: there is none, or there are several.
 */
export async function selectLocalTenant(named: string | undefined): Promise<RunningTenantRecord> {
  const { tenant: chosen, logins } = readConfig();
  const tenants = (await findTenants({ logins: [] })).filter((tenant) => tenant.kind === 'local');
  const isLocal = chosen !== undefined && !logins.some(({ domain }) => domain === chosen);
  if (named === undefined && isLocal) return findChosen(tenants, chosen).record;
  const meant = named === undefined ? findMeant(tenants) : findNamed(tenants, named);
  if (meant !== undefined) return meant.record;
  throw new CommandError("No tenant runs on this machine. Start one with 'auth0 local start'");
}

/** The only one of several tenants, or the nearest. */
function findMeant<Tenant extends KnownTenant>(tenants: readonly Tenant[]): Tenant | undefined {
  if (tenants.length <= 1) return tenants[0];
  const nearest = findNearest(tenants, process.cwd());
  if (nearest !== undefined) return nearest;
  throw new CommandError(
    `There are several tenants: ${listNames(tenants)}. Name one with --tenant, or choose one with 'auth0 tenants use'`,
  );
}

/** Finds a tenant by its name, or by its URL. */
export function findNamed<Tenant extends KnownTenant>(tenants: readonly Tenant[], name: string): Tenant {
  const host = name.replace(/^https?:\/\//, '').replace(/\/$/, '');
  const found = tenants.find((tenant) => tenant.name === host || hostsOf(tenant).includes(host));
  if (found !== undefined) return found;
  const known = tenants.length === 0 ? 'There is none' : `There are ${listNames(tenants)}`;
  throw new CommandError(
    `There is no tenant '${name}'. ${known}. 'auth0 local start' starts one, 'auth0 login' adds a real one`,
  );
}

function findChosen<Tenant extends KnownTenant>(tenants: readonly Tenant[], chosen: string): Tenant {
  const found = tenants.find(({ name }) => name === chosen);
  if (found !== undefined) return found;
  throw new CommandError(
    `The tenant '${chosen}', which 'auth0 tenants use' has chosen, does not run. Start it with 'auth0 local start', or choose anew: 'auth0 tenants use', 'auth0 tenants use --clear'`,
  );
}

function findNearest<Tenant extends KnownTenant>(
  tenants: readonly Tenant[],
  folder: string,
): Tenant | undefined {
  const dataDir = join(folder, '.auth0-local');
  const found = existsSync(dataDir)
    ? tenants.find((tenant) => tenant.kind === 'local' && isSameFolder(tenant.record.data_dir, dataDir))
    : undefined;
  if (found !== undefined || dirname(folder) === folder) return found;
  return findNearest(tenants, dirname(folder));
}

function isSameFolder(first: string | undefined, second: string): boolean {
  return first !== undefined && existsSync(first) && realpathSync(first) === realpathSync(second);
}

function hostsOf(tenant: KnownTenant): string[] {
  return tenant.kind === 'local' ? [tenant.url, tenant.record.https_url].map((url) => new URL(url).host) : [];
}

function listNames(tenants: readonly KnownTenant[]): string {
  return tenants.map(({ name }) => name).join(', ');
}
