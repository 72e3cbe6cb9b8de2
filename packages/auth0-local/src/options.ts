import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { dashboardAudiences, type DashboardAudience } from './dashboard/audience.js';
import { isLoopbackHost } from './is-loopback-host.js';
import type { Seed } from './tenant/seed.js';

/** The options of `createTenant()`. */
export interface TenantOptions {
  /** Where the state is kept; `.auth0-local` in the working directory by default. */
  readonly dataDir?: string;
  /** Keeps the state in memory and writes nothing; the ports are then free ones by default. */
  readonly ephemeral?: boolean;
  /** The port for http; 4400 by default, 0 takes a free one. */
  readonly port?: number;
  /** The port for https; 4443 by default, 0 takes a free one. */
  readonly httpsPort?: number;
  /** The address to listen on; by default the loopback ones, IPv4 and IPv6. */
  readonly host?: string;
  /**
   * What every token and document names as its issuer, on both listeners; by default each listener names itself. An
   * origin: `https://tenant.test:4443`; `http://` for this machine only.
   */
  readonly issuer?: string;
  /** Further host names that requests may be sent to. */
  readonly allowHosts?: readonly string[];
  /**
   * For whom the Dashboard is: `'loopback'` (the default) for who sits at this machine, `'anywhere'` for all who reach the
   * tenant, and they may then do everything with it, `'off'` for nobody.
   */
  readonly dashboard?: DashboardAudience;
  /** What to put into the tenant if it is new. */
  readonly seed?: Seed;
  /** The time in milliseconds since 1970, for tests that need another; `Date.now` by default. */
  readonly now?: () => number;
  /** Runs with `NODE_ENV=production` too. This tenant is for development and tests: it protects nothing. */
  readonly allowProduction?: boolean;
}

/** Options after their check. */
export interface TenantSetup {
  /** Nothing for a tenant in memory. */
  readonly dataDir?: string;
  readonly port: number;
  readonly httpsPort: number;
  readonly hosts: readonly string[];
  /** With a `/` at its end. */
  readonly issuer?: string;
  readonly allowHosts: readonly string[];
  readonly dashboard: DashboardAudience;
  readonly seed?: Seed;
  readonly now: () => number;
  /** How it is started again on the ports it has; nothing where only whoever started it knows. */
  readonly restart?: (port: number, httpsPort: number) => Restart;
}

/** A command that starts a tenant again, and the folder it is for. */
export interface Restart {
  readonly command: string;
  readonly folder: string;
}

/** An option cannot work; the message names it and the cure. */
export class TenantOptionError extends Error {
  override readonly name = 'TenantOptionError';
}

const names = new Set<string>([
  'dataDir',
  'ephemeral',
  'port',
  'httpsPort',
  'host',
  'issuer',
  'allowHosts',
  'dashboard',
  'seed',
  'now',
  'allowProduction',
] satisfies (keyof TenantOptions)[]);

/** Checks the options and fills in what they leave open. */
export function readTenantOptions(options: TenantOptions): TenantSetup {
  for (const name of Object.keys(options)) {
    if (!names.has(name)) {
      throw new TenantOptionError(
        `createTenant: unknown option '${name}'. The options are ${[...names].join(', ')}.`,
      );
    }
  }
  const { ephemeral = false, dataDir, host, issuer, allowHosts = [], seed, now = Date.now } = options;
  if (process.env['NODE_ENV'] === 'production' && options.allowProduction !== true) {
    throw new TenantOptionError(
      'A local tenant is for development and tests, and NODE_ENV is production. If you mean it: --allow-production (allowProduction: true).',
    );
  }
  if (ephemeral && dataDir !== undefined) {
    throw new TenantOptionError(
      "'ephemeral' keeps nothing and 'dataDir' says where to keep it. Leave one of them out.",
    );
  }
  const port = readPort('port', options.port ?? (ephemeral ? 0 : 4400));
  const httpsPort = readPort('httpsPort', options.httpsPort ?? (ephemeral ? 0 : 4443));
  if (port === httpsPort && port !== 0) {
    throw new TenantOptionError(`'port' and 'httpsPort' are both ${port}. Give them different numbers.`);
  }
  return {
    ...(!ephemeral && { dataDir: resolve(dataDir ?? '.auth0-local') }),
    port,
    httpsPort,
    hosts: host === undefined ? ['127.0.0.1', '::1'] : [host],
    ...(issuer !== undefined && { issuer: readIssuer(issuer) }),
    allowHosts: [...allowHosts, ...(host !== undefined && !isIP(host) ? [host] : [])],
    dashboard: readDashboard(options.dashboard ?? 'loopback'),
    ...(seed !== undefined && { seed }),
    now,
  };
}

function readDashboard(audience: DashboardAudience): DashboardAudience {
  if (dashboardAudiences.includes(audience)) return audience;
  throw new TenantOptionError(
    `'dashboard' is ${JSON.stringify(audience)}. It is one of ${dashboardAudiences.join(', ')}.`,
  );
}

function readPort(option: string, port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new TenantOptionError(`'${option}' is ${port}, which is not a port. Give a number from 0 to 65535.`);
}

function readIssuer(issuer: string): string {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const isOrigin = url !== undefined && issuer.replace(/\/$/, '') === url.origin;
  if (!isOrigin) {
    throw new TenantOptionError(
      `'issuer' is ${JSON.stringify(issuer)}, which is no origin. Give scheme, host and port, like https://tenant.test:4443.`,
    );
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    throw new TenantOptionError(
      `'issuer' is ${issuer}: SDKs take http:// for this machine only. Give the https listener, like https://${url.hostname}:4443.`,
    );
  }
  return `${url.origin}/`;
}
