import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  findRunningTenants,
  forgetRunningTenant,
  recordRunningTenant,
  type RunningTenantRecord,
} from '../../src/cli/running-tenants.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { startTrialTenant, type TrialTenant } from '../support/trial-tenant.js';

let trial: TrialTenant;
let folder: string;
let record: RunningTenantRecord;

beforeAll(async () => (trial = await startTrialTenant()));
afterAll(() => trial.tenant.close());
beforeEach(() => {
  const config = createTemporaryFolder();
  vi.stubEnv('XDG_CONFIG_HOME', config);
  folder = join(config, 'auth0-local/tenants');
  const { domain, issuer, urls, ca, ownerSecret } = trial.tenant;
  record = {
    name: new URL(domain).host,
    url: urls.http,
    https_url: urls.https,
    issuer,
    pid: process.pid,
    ca,
    owner_secret: ownerSecret,
  };
  return () => vi.unstubAllEnvs();
});

const fileOf = ({ name }: RunningTenantRecord): string => join(folder, `${encodeURIComponent(name)}.json`);

/** Somebody who listens on the port of a tenant that has died, and notes what comes. */
async function startStranger(answer: RequestListener): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((req, res) => {
    heard.push(
      `${req.method} ${req.url?.split('?')[0]} ${req.headers.authorization ?? 'without credentials'}`,
    );
    answer(req, res);
  }).listen(0, 'localhost');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, heard };
}

describe('findRunningTenants', () => {
  it('finds a tenant that proves to be there', async () => {
    recordRunningTenant(record);
    expect(await findRunningTenants()).toEqual([record]);
  });

  it('has none where nothing was ever recorded', async () => {
    expect(await findRunningTenants()).toEqual([]);
  });

  it('forgets a tenant whose process is dead, and asks nobody', async () => {
    const { url, heard } = await startStranger((_req, res) => res.end());
    const { pid } = spawnSync('true');
    recordRunningTenant({ ...record, url, pid });
    expect(await findRunningTenants()).toEqual([]);
    expect([heard, existsSync(fileOf(record))]).toEqual([[], false]);
  });

  it.each<[string, RequestListener]>([
    ['says yes to everything', (_req, res) => res.end('{}')],
    ['proves something else', (_req, res) => res.end(JSON.stringify({ proof: 'A'.repeat(43) }))],
    ['does not know the question', (_req, res) => res.writeHead(404).end()],
    ['sends it elsewhere', (req, res) => res.writeHead(307, { location: `${record.url}${req.url}` }).end()],
  ])('tells no secret to who %s, and forgets the tenant', async (_what, answer) => {
    const { url, heard } = await startStranger(answer);
    recordRunningTenant({ ...record, url });
    expect(await findRunningTenants()).toEqual([]);
    expect(heard).toEqual(['GET /local/proof without credentials']);
    expect(existsSync(fileOf(record))).toBe(false);
  });

  it('takes no proof for one that was given before', async () => {
    const answer = await trial.ask('GET', `/local/proof?nonce=${'a'.repeat(43)}`);
    const { url } = await startStranger((_req, res) => res.end(JSON.stringify(answer.body)));
    recordRunningTenant({ ...record, url });
    expect(await findRunningTenants()).toEqual([]);
  });

  it('does not list a tenant that does not answer, and keeps its record', async () => {
    const { url } = await startStranger((req) => req.destroy());
    recordRunningTenant({ ...record, url });
    expect(await findRunningTenants()).toEqual([]);
    expect(existsSync(fileOf(record))).toBe(true);
  });

  it.each<[string, () => void]>([
    ['whose file others can read', () => chmodSync(fileOf(record), 0o640)],
    ['whose file others can write', () => chmodSync(fileOf(record), 0o602)],
    [
      'whose file is elsewhere',
      () => {
        renameSync(fileOf(record), join(folder, 'elsewhere'));
        symlinkSync('elsewhere', fileOf(record));
      },
    ],
    ['whose folder others can write', () => chmodSync(folder, 0o777)],
    ['whose folder others can read', () => chmodSync(folder, 0o750)],
  ])('does not count a record %s', async (_what, open) => {
    recordRunningTenant(record);
    open();
    expect(await findRunningTenants()).toEqual([]);
    expect(existsSync(fileOf(record))).toBe(true);
  });

  it('does not count a record of another user', async () => {
    recordRunningTenant(record);
    const { uid } = statSync(folder);
    vi.spyOn(process, 'getuid').mockReturnValue(uid + 1);
    onTestFinished(() => void vi.restoreAllMocks());
    expect(await findRunningTenants()).toEqual([]);
    expect(existsSync(fileOf(record))).toBe(true);
  });

  it.each([
    'https://attacker.example.com',
    'https://localhost.attacker.example.com:4443',
    'https://localhost:4443@attacker.example.com',
    'https://localhost:4443/path',
    'nothing',
  ])('does not count a record of another machine, or of no origin: %s', async (url) => {
    recordRunningTenant({ ...record, https_url: url });
    expect(await findRunningTenants()).toEqual([]);
  });

  it('asks no other machine', async () => {
    // An address that leads here, and is none of loopback.
    recordRunningTenant({ ...record, url: record.url.replace('localhost', '0.0.0.0') });
    expect(await findRunningTenants()).toEqual([]);
    expect(existsSync(fileOf(record))).toBe(true);
  });
});

describe('recordRunningTenant', () => {
  it('lets nobody else read the record, in a folder that was open before', () => {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    recordRunningTenant(record);
    expect([folder, fileOf(record)].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

describe('forgetRunningTenant', () => {
  it('takes only the record of its own process away', () => {
    recordRunningTenant(record);
    forgetRunningTenant({ ...record, pid: record.pid + 1 });
    expect(existsSync(fileOf(record))).toBe(true);
    forgetRunningTenant(record);
    expect(existsSync(fileOf(record))).toBe(false);
  });
});
