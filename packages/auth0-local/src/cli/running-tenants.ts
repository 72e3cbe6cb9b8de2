import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { proveOwnerSecret } from '../control/prove-owner-secret.js';
import { isLoopbackHost } from '../is-loopback-host.js';
import { isPrivate } from '../is-private.js';
import { isSameSecret } from '../is-same-secret.js';
import { configFolder } from './config-folder.js';
import { isAlive } from './is-alive.js';
import { writePrivateFile } from './write-private-file.js';

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
  // One that was there before may be open to others.
  chmodSync(recordsFolder(), 0o700);
  writePrivateFile(recordFile(record.name), JSON.stringify(record, undefined, 2));
}

/** Takes a record away, if it is that of this process. */
export function forgetRunningTenant({ name, pid }: Pick<RunningTenantRecord, 'name' | 'pid'>): void {
  if (readRecord(recordFile(name))?.pid === pid) rmSync(recordFile(name), { force: true });
}

/**
 * Finds the recorded tenants that prove to be there. Records of tenants that died, and those on whose port is somebody
 * else, are taken away; one that does not answer just now is left.
 */
export async function findRunningTenants(): Promise<RunningTenantRecord[]> {
  const records = listRecords();
  const isThere = await Promise.all(records.map(isRunning));
  for (const [index, record] of records.entries()) {
    if (isThere[index] === false) forgetRunningTenant(record);
  }
  return records.filter((_, index) => isThere[index]);
}

function listRecords(): RunningTenantRecord[] {
  let names: string[];
  try {
    names = isPrivate(lstatSync(recordsFolder())) ? readdirSync(recordsFolder()) : [];
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
    if (!isPrivate(lstatSync(file))) return undefined;
    const record = JSON.parse(readFileSync(file, 'utf8')) as RunningTenantRecord;
    return [record.url, record.https_url].every(isLoopbackOrigin) ? record : undefined;
  } catch {
    return undefined;
  }
}

function isLoopbackOrigin(text: string): boolean {
  const { origin, hostname } = new URL(text);
  return origin === text && isLoopbackHost(hostname);
}

/**
 * Whether the tenant of a record is there; nothing if that cannot be told now. It proves that before it is sent anything
 * that others must not have: its port may be another's by now.
 */
async function isRunning({
  pid,
  url,
  owner_secret: secret,
}: RunningTenantRecord): Promise<boolean | undefined> {
  if (!isAlive(pid)) return false;
  const nonce = randomBytes(32).toString('base64url');
  try {
    const response = await fetch(`${url}/local/proof?nonce=${nonce}`, {
      signal: AbortSignal.timeout(5000),
      redirect: 'manual',
    });
    return isSameSecret(await response.text(), JSON.stringify({ proof: proveOwnerSecret(secret, nonce) }));
  } catch {
    return undefined;
  }
}

function recordsFolder(): string {
  return join(configFolder(), 'tenants');
}

function recordFile(name: string): string {
  return join(recordsFolder(), `${encodeURIComponent(name)}.json`);
}
