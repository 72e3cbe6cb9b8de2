import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printMeasure } from './print-measure.mjs';
import { prepareWorkspace, root } from './workspace.mjs';

// npm run measure:tenant: how long a tenant takes to its first token, and how much memory it has then. Linux only.

const rounds = 7;
const port = 4470;
const seedFile = join(root, 'examples/quickstart/seed.json');
const seed = JSON.parse(readFileSync(seedFile, 'utf8'));

prepareWorkspace();

const starts = [];
for (let round = 0; round < rounds; round++) starts.push(await measureStart());
const { createTenant } = await import('auth0-local');
const creations = [];
for (let round = 0; round <= rounds * 3; round++) creations.push(await measureCreation(createTenant));
const [first, ...others] = creations;

printMeasure(
  'auth0 local start, from the command to the first token, new data directory',
  starts.map(({ ms }) => ms),
  'ms',
);
printMeasure(
  'memory then',
  starts.map(({ megabytes }) => megabytes),
  'MB',
);
printMeasure('createTenant({ ephemeral: true }), the first of a process', [first], 'ms');
printMeasure('createTenant({ ephemeral: true }), the others', others, 'ms');

async function measureStart() {
  const folder = mkdtempSync(join(tmpdir(), 'measure-'));
  const startedAt = performance.now();
  const auth0 = join(root, 'packages/auth0-local/bin/auth0.js');
  const options = {
    '--port': port,
    '--https-port': port + 1,
    '--data-dir': join(folder, 'state'),
    '--seed': seedFile,
  };
  const tenant = spawn(
    process.execPath,
    [auth0, 'local', 'start', '--quiet', ...Object.entries(options).flat().map(String)],
    { env: { ...process.env, XDG_CONFIG_HOME: folder }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await requestToken();
  const ms = performance.now() - startedAt;
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${tenant.pid}/status`, 'utf8'));
  tenant.kill();
  await once(tenant, 'exit');
  rmSync(folder, { recursive: true });
  return { ms, megabytes: (Number(kilobytes) * 1024) / 1e6 };
}

async function requestToken() {
  const [{ client_id, client_secret }] = seed.clients;
  const [{ identifier: audience }] = seed.resourceServers;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret, audience });
  for (;;) {
    const response = await fetch(`http://localhost:${port}/oauth/token`, { method: 'POST', body }).catch(
      () => {},
    );
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function measureCreation(createTenant) {
  const startedAt = performance.now();
  const tenant = await createTenant({ ephemeral: true });
  const ms = performance.now() - startedAt;
  await tenant.close();
  return ms;
}
