import { join } from 'node:path';
import { isIP } from 'node:net';
import { issueManagementToken } from './control/issue-management-token.js';
import type { Control } from './control/router.js';
import { isLoopbackHost } from './is-loopback-host.js';
import { listen, type Listener } from './listen.js';
import { createTenantLog, type LogEntry } from './log/tenant-log.js';
import { readTenantOptions, type TenantOptions, type TenantSetup } from './options.js';
import { createServer } from './server.js';
import type { Site } from './site.js';
import { openDataFolder } from './store/open-data-folder.js';
import { clearStore, openStore, type Store } from './store/store.js';
import { deleteExpiredArtifacts } from './tenant/artifacts.js';
import { exportSeed } from './tenant/export-seed.js';
import { randomSecret } from './tenant/ids.js';
import { adoptIssuers, createManagementApi } from './tenant/management-api.js';
import { hasCertificateBoundApi } from './tenant/proof-of-possession.js';
import { applySeed, type Seed } from './tenant/seed.js';
import { createSettings, hasSettings } from './tenant/settings.js';
import { createSigningKeys } from './tenant/signing-keys.js';
import type { Tenant } from './tenant/tenant.js';
import {
  createServerIdentity,
  openCertificateAuthority,
  type CertificateAuthority,
} from './tls/certificate-authority.js';

/** A tenant that serves requests. */
export interface RunningTenant {
  /** For `AUTH0_DOMAIN`: the http listener. */
  readonly domain: string;
  /** What its tokens name as their issuer when they come from the http listener. */
  readonly issuer: string;
  /** Where it listens, without a `/` at the end. */
  readonly urls: { readonly http: string; readonly https: string };
  /** Where its state is; nothing if that is in memory. */
  readonly dataDir?: string;
  /** The certificate to trust for the https listener, in PEM. */
  readonly ca: string;
  /** The file of that certificate, if there is one. */
  readonly caFile?: string;
  /** Lets its holder stop, reset and export the tenant: keep it where only you can read it. */
  readonly ownerSecret: string;
  /** A token with every scope of the Management API, good for an hour. */
  managementToken(): Promise<string>;
  /** Creates what a seed names and the tenant does not have. */
  seed(seed: Seed): Promise<void>;
  /** The state as a seed. */
  export(): Seed;
  /** Empties the tenant: new keys, and nothing in it. */
  reset(): Promise<void>;
  /** Calls a listener for each event of the tenant's log; returns what ends that. */
  onLog(listener: (entry: LogEntry) => void): () => void;
  /** Settles when somebody has asked it to stop, or `close()` was called. */
  readonly stopped: Promise<void>;
  close(): Promise<void>;
}

const purgeEveryMs = 10 * 60 * 1000;

/**
 * Starts a tenant: an issuer of tokens and its Management API, on this machine.
 *
 * @throws TenantOptionError: an option that cannot work.
 * @throws ListenError: a port is taken.
 * @throws StoreError: the data directory is in use or damaged.
 */
export async function createTenant(options: TenantOptions = {}): Promise<RunningTenant> {
  return startTenant(readTenantOptions(options));
}

/** The same with options that were checked. */
export async function startTenant(setup: TenantSetup): Promise<RunningTenant> {
  const { dataDir } = setup;
  if (dataDir !== undefined) openDataFolder(dataDir);
  const store = openStore(dataDir && join(dataDir, 'tenant.db'));
  const listeners: Listener[] = [];
  const release = async (): Promise<void> => {
    await Promise.all(listeners.map((listener) => listener.close()));
    store.close();
  };
  try {
    const hosts = furtherHosts(setup);
    const authority = openCertificateAuthority(dataDir, hosts);
    const identity = createServerIdentity(authority, ['localhost', '127.0.0.1', '::1', ...hosts]);
    listeners.push(await listen(setup.hosts, setup.port, { option: '--port' }));
    // Browsers show people a dialog where they are asked for a certificate: as long as no API is about them, none is.
    const isCertificateWanted = (): boolean => hasCertificateBoundApi(store);
    const secure = { identity, isCertificateWanted, option: '--https-port' };
    listeners.push(await listen(setup.hosts, setup.httpsPort, secure));
    const sites = createSites(setup, listeners, store);
    await initialise(sites[0].tenant);
    if (setup.seed !== undefined) await applySeed(sites[0].tenant, setup.seed);
    return serve({ setup, sites, listeners, authority, release });
  } catch (error) {
    await release();
    throw error;
  }
}

/** The tenant as each listener shows it: http first. */
function createSites(setup: TenantSetup, [http, https]: readonly Listener[], store: Store): [Site, Site] {
  const urls = { http: `http://localhost:${http?.port}`, https: `https://localhost:${https?.port}` };
  const { now, issuer } = setup;
  const issuers = issuer === undefined ? [`${urls.http}/`, `${urls.https}/`] : [issuer];
  const tenant: Tenant = { store, now, log: createTenantLog(store.logs, now), issuers };
  return [
    { tenant, url: urls.http, issuer: issuer ?? `${urls.http}/`, isSecure: false },
    { tenant, url: urls.https, issuer: issuer ?? `${urls.https}/`, isSecure: true },
  ];
}

/** Makes a new tenant of an empty store, and lets an old one follow its ports. */
async function initialise(tenant: Tenant): Promise<void> {
  if (!hasSettings(tenant)) return renew(tenant);
  adoptIssuers(tenant);
  deleteExpiredArtifacts(tenant);
}

/** Makes the tenant a new one: with keys of its own, the Management API, and nothing else. */
async function renew(tenant: Tenant): Promise<void> {
  const keys = await createSigningKeys(tenant);
  // All at once: whoever asks in between sees the old tenant or the new one.
  tenant.store.transaction(() => {
    clearStore(tenant.store);
    for (const key of keys) tenant.store.signingKeys.put(key.kid, key);
    createManagementApi(tenant);
    createSettings(tenant);
  });
}

interface Parts {
  readonly setup: TenantSetup;
  readonly sites: readonly [Site, Site];
  readonly listeners: readonly Listener[];
  readonly authority: CertificateAuthority;
  readonly release: () => Promise<void>;
}

/** Lets requests in. */
function serve({ setup, sites, listeners, authority, release }: Parts): RunningTenant {
  const [{ tenant, url, issuer }, secureSite] = sites;
  const startedAt = new Date();
  const ownerSecret = randomSecret(32);
  const purge = setInterval(() => deleteExpiredArtifacts(tenant), purgeEveryMs).unref();
  let tellStopped = (): void => {};
  const stopped = new Promise<void>((resolve) => (tellStopped = resolve));
  const reset = (): Promise<void> => renew(tenant);
  const ports = listeners.map(({ port }) => port);
  const control: Control = {
    secret: ownerSecret,
    status: () => ({
      ...describeTenant(sites, setup, startedAt),
      restart: setup.restart?.(ports[0] ?? 0, ports[1] ?? 0) ?? null,
    }),
    reset,
    stop: tellStopped,
  };
  const { dashboard } = setup;
  const serverSetup = { control, dashboard, ports, allowedHosts: allowedNames(setup) };
  for (const [index, site] of sites.entries()) listeners[index]?.serve(createServer(site, serverSetup));

  let closing: Promise<void> | undefined;
  return {
    domain: url,
    issuer,
    urls: { http: url, https: secureSite.url },
    ...(setup.dataDir !== undefined && { dataDir: setup.dataDir }),
    ca: authority.certificate,
    ...(authority.file !== undefined && { caFile: authority.file }),
    ownerSecret,
    managementToken: async () => (await issueManagementToken(sites[0])).access_token,
    seed: (seed) => applySeed(tenant, seed),
    export: () => exportSeed(tenant),
    reset,
    onLog: (listener) => tenant.log.follow(listener),
    stopped,
    close: () => {
      clearInterval(purge);
      tellStopped();
      closing ??= release();
      return closing;
    },
  };
}

function describeTenant(
  [site, secureSite]: readonly [Site, Site],
  setup: TenantSetup,
  startedAt: Date,
): object {
  const { store } = site.tenant;
  return {
    pid: process.pid,
    domain: site.url,
    issuer: site.issuer,
    urls: { http: site.url, https: secureSite.url },
    data_dir: setup.dataDir ?? null,
    started_at: startedAt.toISOString(),
    memory_mb: Math.round(process.memoryUsage().rss / 1_000_000),
    apis: store.apis.count(),
    applications: store.applications.count(),
    users: store.users.count(),
    roles: store.roles.count(),
  };
}

/** The host names that requests may be sent to, beside the loopback ones. */
function allowedNames({ allowHosts, issuer }: TenantSetup): string[] {
  return [...allowHosts, ...(issuer === undefined ? [] : [new URL(issuer).hostname])];
}

/** The names and addresses beside the loopback ones that the certificate is for. */
function furtherHosts(setup: TenantSetup): string[] {
  const addresses = setup.hosts.filter((host) => isIP(host) && host !== '0.0.0.0' && host !== '::');
  const names = allowedNames(setup).map((name) => name.replace(/^\[|\]$/g, ''));
  return [...new Set([...addresses, ...names])].filter((host) => !isLoopbackHost(host));
}
