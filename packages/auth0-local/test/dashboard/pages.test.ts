import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import axe from 'axe-core';
import express from 'express';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Seed } from 'auth0-local';
import { useDashboard, type DashboardBench } from './support/open-dashboard.js';
import { serveApiForTest } from './support/serve-api.js';

const audience = 'https://my-express-api.example.com';
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const seed = JSON.parse(readFileSync(join(root, 'examples/quickstart/seed.json'), 'utf8')) as Seed;
/** Where the pictures of the pages are afterwards. */
const pictures = join(root, '.tmp/screenshots');

interface Named {
  readonly name: string;
  /** Below `/dashboard`. */
  readonly path: string;
  /** Brings it into the state that is looked at. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Every page of the Dashboard, and its dialogs. */
async function listPages({ trial }: DashboardBench): Promise<Named[]> {
  const first = async <Item>(path: string): Promise<Item> =>
    (await trial.manage<Item[]>('GET', path)).body[0] as Item;
  const { body: api } = await trial.manage<{ id: string }>(
    'GET',
    `/resource-servers/${encodeURIComponent(audience)}`,
  );
  const user = await first<{ user_id: string }>('/users?q=admin');
  const role = await first<{ id: string }>('/roles');
  const application = 'MyExpressAppForUsers000000000001';
  const press = (name: string) => async (page: Page) => {
    await page.getByRole('button', { name }).first().click();
    await page.getByRole('dialog').waitFor();
  };
  const tabs = (list: string, id: string, names: readonly string[]): Named[] =>
    names.map((tab) => ({ name: `${list}-${tab}`, path: `/${list}/${encodeURIComponent(id)}/${tab}` }));
  return [
    { name: 'apis', path: '/apis' },
    { name: 'apis-create', path: '/apis', prepare: press('Create API') },
    ...tabs('apis', api.id, ['quickstart', 'settings', 'permissions', 'access', 'test']),
    { name: 'applications', path: '/applications' },
    { name: 'applications-create', path: '/applications', prepare: press('Create application') },
    ...tabs('applications', application, ['settings', 'credentials', 'access']),
    { name: 'users', path: '/users' },
    { name: 'users-create', path: '/users', prepare: press('Create user') },
    ...tabs('users', user.user_id, ['details', 'roles', 'permissions']),
    { name: 'roles', path: '/roles' },
    { name: 'roles-create', path: '/roles', prepare: press('Create role') },
    ...tabs('roles', role.id, ['settings', 'permissions', 'users']),
    { name: 'signing-keys', path: '/signing-keys' },
    { name: 'activity', path: '/activity' },
    { name: 'inspector', path: '/inspector' },
    { name: 'missing', path: '/nothing/at/all' },
  ];
}

describe('every page of the Dashboard', () => {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const dashboard = useDashboard({ seed, now });
  let pages: Named[] = [];
  let oldToken = '';

  /** An API that is worth a picture: it refuses who lacks a scope. */
  async function serveApi(): Promise<string> {
    const { domain } = dashboard.trial.tenant;
    const api = express();
    api.use(createAuth0Api({ domain, audience, now, onEvent: () => {} }));
    api.get('/api/reports', requiresAuth({ scopes: 'read:reports' }), (_req, res) => void res.json([]));
    return `http://localhost:${await serveApiForTest(api)}/api/reports`;
  }

  /** What the tests look at beyond pages as they open. */
  const scenes = (apiUrl: string): Readonly<Record<string, (page: Page) => Promise<void>>> => ({
    'apis-test': async (page) => {
      await page.locator('.test-token[aria-busy=false]').waitFor();
      await page.getByLabel('URL', { exact: true }).fill(apiUrl);
      await page.getByRole('button', { name: 'Send to my API' }).click();
      await page.getByRole('group', { name: 'Answer' }).getByText('403').first().waitFor();
    },
    inspector: async (page) => {
      await page.getByLabel('Token', { exact: true }).fill(oldToken);
      await page.getByText('token_expired').first().waitFor();
    },
    activity: async (page) => {
      await page.getByRole('grid').getByText('is not authorized to access').first().click();
      await page.getByText('auth0 client-grants create').first().waitFor();
    },
  });

  beforeAll(async () => {
    // Without a browser nothing is started.
    if (dashboard.trial === undefined) return;
    mkdirSync(pictures, { recursive: true });
    pages = await listPages(dashboard);
    oldToken = await fillLog(dashboard);
    ahead = 25 * 60 * 60 * 1000;
  });

  /** Opens a page, and waits until nothing is on its way. */
  async function show(page: Page, { path, prepare }: Named): Promise<void> {
    await page.goto(`${dashboard.trial.tenant.domain}/dashboard${path}`);
    await page.locator('h1').waitFor();
    await page.locator('.skeleton').waitFor({ state: 'detached' });
    await prepare?.(page);
  }

  const looks = [
    { width: 1280, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
    { width: 390, colorScheme: 'light' },
    { width: 390, colorScheme: 'dark' },
  ] as const;

  it.each(looks)('can be used by everybody, and fits: $width px, $colorScheme', async (look) => {
    const page = await dashboard.open('', look);
    const problems: string[] = [];
    const prepare = scenes(await serveApi());
    for (const named of pages) {
      await show(page, named);
      await prepare[named.name]?.(page);
      await page.evaluate('scrollTo(0, 0)');
      await page.screenshot({
        path: join(pictures, `${named.name}-${look.colorScheme}-${look.width}.png`),
        fullPage: named.prepare === undefined,
      });
      for (const problem of [...(await findViolations(page)), ...(await findOverflow(page))]) {
        problems.push(`${named.name}: ${problem}`);
      }
    }
    expect(problems).toEqual([]);
  });

  it.each([360, 768, 1920])('fits into a window of %i px', async (width) => {
    const page = await dashboard.open('', { width });
    const problems: string[] = [];
    for (const named of pages) {
      await show(page, named);
      for (const problem of await findOverflow(page)) problems.push(`${named.name}: ${problem}`);
    }
    expect(problems).toEqual([]);
  });
});

/** Has tokens issued and refused, and returns one of them. */
async function fillLog({ trial }: DashboardBench): Promise<string> {
  const [machine, app] = seed.clients as { client_id: string; client_secret: string }[];
  const take = (parameters: Readonly<Record<string, string>>) =>
    trial.ask<{ access_token: string }>('POST', '/oauth/token', { body: new URLSearchParams(parameters) });
  const { client_id, client_secret } = machine ?? { client_id: '', client_secret: '' };
  const { body } = await take({ grant_type: 'client_credentials', client_id, client_secret, audience });
  const [user] = seed.users as { email: string; password: string }[];
  const { email, password } = user ?? { email: '', password: '' };
  await take({ ...app, grant_type: 'password', username: email, password, audience, scope: 'read:feed' });
  await take({ ...app, grant_type: 'password', username: email, password: 'forgotten', audience });
  await take({
    grant_type: 'client_credentials',
    client_id,
    client_secret,
    audience: 'https://no-api.example',
  });
  const { body: worker } = await trial.manage<{ client_id: string; client_secret: string }>(
    'POST',
    '/clients',
    {
      name: 'Nightly worker',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
    },
  );
  await take({
    grant_type: 'client_credentials',
    client_id: worker.client_id,
    client_secret: worker.client_secret,
    audience,
  });
  return body.access_token;
}

/** What makes the page scroll sideways. */
async function findOverflow(page: Page): Promise<string[]> {
  const beyond = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return beyond > 0 ? [`${beyond} px too wide`] : [];
}

/** What axe-core finds, in a form that tells where. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
  );
}
