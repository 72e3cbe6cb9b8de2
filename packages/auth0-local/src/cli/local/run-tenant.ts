import { readTenantOptions, type TenantOptions, type TenantSetup } from '../../options.js';
import { startTenant, type RunningTenant } from '../../create-tenant.js';
import { forgetRunningTenant, recordRunningTenant, type RunningTenantRecord } from '../running-tenants.js';
import { formatLogEntry } from './format-log-entry.js';
import { nameCommand } from './name-command.js';
import { writeRestartCommand } from './write-restart-command.js';

/**
 * Runs a tenant in this process until it is told to stop, by a signal or by `auth0 local stop`.
 *
 * @param ready - Called once requests are served and other commands can find the tenant.
 */
export async function runTenant(
  options: TenantOptions,
  ready: (record: RunningTenantRecord) => void,
): Promise<void> {
  const tenant = await startTenant({ ...readTenantOptions(options), ...describeRestart(options) });
  const record = describeTenant(tenant);
  // A command ends when nobody reads its output any more; a tenant goes on.
  process.stdout.removeAllListeners('error').on('error', () => {});
  const stopped = Promise.race([tenant.stopped, untilSignal()]);
  try {
    recordRunningTenant(record);
    ready(record);
    tenant.onLog((entry) => process.stdout.write(`${formatLogEntry(entry)}\n`));
    await stopped;
  } finally {
    forgetRunningTenant(record);
    await tenant.close();
  }
}

/** What the Dashboard says when the tenant is away. One in memory does not come back. */
function describeRestart(options: TenantOptions): Pick<TenantSetup, 'restart'> {
  if (options.ephemeral) return {};
  return {
    restart: (port, httpsPort) => ({
      command: writeRestartCommand(nameCommand(), { ...options, port, httpsPort }),
      folder: process.cwd(),
    }),
  };
}

function describeTenant(tenant: RunningTenant): RunningTenantRecord {
  return {
    name: new URL(tenant.domain).host,
    url: tenant.urls.http,
    https_url: tenant.urls.https,
    issuer: tenant.issuer,
    pid: process.pid,
    ...(tenant.dataDir !== undefined && { data_dir: tenant.dataDir }),
    ca: tenant.ca,
    ...(tenant.caFile !== undefined && { ca_file: tenant.caFile }),
    owner_secret: tenant.ownerSecret,
  };
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
