import axe from 'axe-core';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Seed } from 'auth0-local';
import { useDashboard, type DashboardBench } from './support/open-dashboard.js';

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
    `/resource-servers/${encodeURIComponent('https://my-express-api.example.com')}`,
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
  const dashboard = useDashboard({ seed });
  let pages: Named[] = [];

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    pages = await listPages(dashboard);
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
    for (const named of pages) {
      await show(page, named);
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
