import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFolder } from './config-folder.js';

/** What `local start` leaves for the other commands to find the tenant by. */
export interface RunningTenantRecord {
  /** Its name: the host and port of the http listener, like `localhost:4400`. */
  readonly name: string;
  /** The http listener, like `http://localhost:4400`. */
  readonly url: string;
  readonly https_url: string;
  readonly issuer: string;
  readonly pid: number;
  /** Nothing for a tenant in memory. */
  readonly data_dir?: string;
  /** The certificate authority's certificate, in PEM. */
  readonly ca: string;
  readonly ca_file?: string;
  /** Lets its holder have tokens of the Management API, and stop, reset and export the tenant. */
  readonly owner_secret: string;
}

/** Records a tenant; only this user can read it. */
export function recordRunningTenant(record: RunningTenantRecord): void {
  mkdirSync(recordsFolder(), { recursive: true, mode: 0o700 });
  const file = recordFile(record.name);
  // Never half a file: another command may read it at this moment.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(record, undefined, 2), { mode: 0o600 });
  renameSync(draft, file);
}

/** Takes a record away, if it is that of this process. */
export function forgetRunningTenant({ name, pid }: Pick<RunningTenantRecord, 'name' | 'pid'>): void {
  if (readRecord(recordFile(name))?.pid === pid) rmSync(recordFile(name), { force: true });
}

/** Asks every recorded tenant whether it is there. Records of tenants that died are taken away. */
export async function findRunningTenants(): Promise<RunningTenantRecord[]> {
  const records = listRecords();
  const isThere = await Promise.all(records.map(isRunning));
  for (const [index, record] of records.entries()) {
    if (!isThere[index]) forgetRunningTenant(record);
  }
  return records.filter((_, index) => isThere[index]);
}

function listRecords(): RunningTenantRecord[] {
  let names: string[];
  try {
    names = readdirSync(recordsFolder());
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readRecord(join(recordsFolder(), name)))
    .filter((record) => record !== undefined);
}

function readRecord(file: string): RunningTenantRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunningTenantRecord;
  } catch {
    return undefined;
  }
}

/** Only the tenant of the record knows its secret: another process on that port does not count. */
async function isRunning({ url, owner_secret: secret }: RunningTenantRecord): Promise<boolean> {
  try {
    const response = await fetch(`${url}/local/status`, {
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(5000),
      redirect: 'error',
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function recordsFolder(): string {
  return join(configFolder(), 'tenants');
}

function recordFile(name: string): string {
  return join(recordsFolder(), `${encodeURIComponent(name)}.json`);
}
