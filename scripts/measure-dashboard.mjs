import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { fail } from './ports.mjs';
import { printMeasure } from './print-measure.mjs';
import { prepareWorkspace, root } from './workspace.mjs';

// npm run measure:dashboard: how long the Dashboard takes to be of use, with little and with much in the tenant.

const rounds = 11;
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
if (executablePath === undefined)
  fail('There is no Chromium on this machine. Install it: apt-get install chromium');

prepareWorkspace();
const { createTenant } = await import('auth0-local');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

console.log(`JavaScript: ${measureSize('.js')} bytes with gzip; styles: ${measureSize('.css')}`);

const demo = JSON.parse(readFileSync(join(root, 'examples/quickstart/seed.json'), 'utf8'));
const small = await createTenant({ ephemeral: true, seed: demo });
await measure(small, 'APIs, cold: from the address to a list that can be used', '/apis', 'My Express API');
await small.close();

const large = await createTenant({ ephemeral: true, seed: createLargeSeed() });
await fillLog(large, 10_000);
await measure(large, '1,000 APIs', '/apis', 'API 48');
await measure(large, '1,000 applications', '/applications', 'Application 49');
await measure(large, '10,000 users', '/users', 'user-49@example.com');
await measure(large, '10,000 events in Activity', '/activity', 'nobody-9999');
await large.close();
await browser.close();

/** Opens a page in browsers without a cache, and prints when a text can be seen in it. */
async function measure(tenant, what, path, text) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const startedAt = performance.now();
    await page.goto(`${tenant.domain}/dashboard${path}`, { waitUntil: 'commit' });
    await page.getByText(text, { exact: false }).first().waitFor();
    times.push(performance.now() - startedAt);
    await context.close();
  }
  printMeasure(what, times, 'ms');
}

function createLargeSeed() {
  const count = (total, create) => Array.from({ length: total }, (_, index) => create(index));
  return {
    resourceServers: count(1000, (index) => ({ name: `API ${index}`, identifier: `urn:api:${index}` })),
    clients: count(1000, (index) => ({ name: `Application ${index}`, app_type: 'non_interactive' })),
    // No password: nobody logs in here, and hashing ten thousand takes minutes.
    users: count(10_000, (index) => ({
      email: `user-${index}@example.com`,
      password_hash: `scrypt$4096$8$4$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    })),
  };
}

/** Has so many requests refused. */
async function fillLog(tenant, total) {
  for (let done = 0; done < total; done += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        fetch(`${tenant.domain}/oauth/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: `nobody-${done + index}`,
            client_secret: 'wrong',
            audience: 'urn:api:0',
          }),
        }).then((response) => response.arrayBuffer()),
      ),
    );
  }
}

function measureSize(extension) {
  const folder = join(root, 'packages/auth0-local/dist/app/assets');
  const files = readdirSync(folder).filter((file) => file.endsWith(extension));
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
}
