import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectComplaint, useDashboard } from './support/open-dashboard.js';

interface Scene {
  readonly kind: string;
  /** Below `/api/v2`. */
  readonly list: string;
  readonly body: object;
  readonly idOf: (thing: Record<string, string>) => string | undefined;
  /** Below `/dashboard`. */
  readonly page: string;
  readonly tab: string;
  /** What the tab asks of the tenant by itself has its answer. */
  readonly settle?: (page: Page) => Promise<void>;
  /** What somebody does who does not know yet. */
  readonly act: (page: Page) => Promise<void>;
}

const scenes: readonly Scene[] = [
  {
    kind: 'API',
    list: '/resource-servers',
    body: { name: 'Brief API', identifier: 'urn:brief' },
    idOf: ({ id }) => id,
    page: '/apis',
    tab: 'permissions',
    act: async (page) => {
      await page.getByLabel('Permission', { exact: true }).fill('read:it');
      await page.keyboard.press('Enter');
    },
  },
  {
    kind: 'API',
    list: '/resource-servers',
    body: { name: 'Brief API', identifier: 'urn:brief-too' },
    idOf: ({ id }) => id,
    page: '/apis',
    tab: 'access',
    act: (page) => page.getByRole('switch', { name: 'Authorise Machine for' }).first().click(),
  },
  {
    kind: 'API',
    list: '/resource-servers',
    body: { name: 'Brief API', identifier: 'urn:brief-as-well' },
    idOf: ({ id }) => id,
    page: '/apis',
    tab: 'test',
    settle: (page) => page.locator('.test-token[aria-busy=false]').waitFor(),
    act: (page) => page.getByLabel('As a user').click(),
  },
  {
    kind: 'application',
    list: '/clients',
    body: { name: 'Brief application' },
    idOf: ({ client_id: id }) => id,
    page: '/applications',
    tab: 'settings',
    act: async (page) => {
      await page.getByLabel('Name').fill('Renamed');
      await page.keyboard.press('Enter');
    },
  },
  {
    kind: 'user',
    list: '/users',
    body: { connection: 'Username-Password-Authentication', email: 'brief@example.com', password: 'brief' },
    idOf: ({ user_id: id }) => id,
    page: '/users',
    tab: 'details',
    act: (page) => page.getByRole('link', { name: 'Permissions' }).click(),
  },
  {
    kind: 'role',
    list: '/roles',
    body: { name: 'brief role' },
    idOf: ({ id }) => id,
    page: '/roles',
    tab: 'settings',
    act: (page) => page.getByRole('link', { name: 'Users' }).last().click(),
  },
];

describe('the page of a thing that was deleted elsewhere', () => {
  const dashboard = useDashboard();

  it.each(scenes)(
    'says so: $kind, $tab',
    async ({ kind, list, body, idOf, page: where, tab, settle, act }) => {
      const { trial } = dashboard;
      const { body: thing } = await trial.manage<Record<string, string>>('POST', list, body);
      const id = encodeURIComponent(idOf(thing) ?? '');
      const page = await dashboard.open(`${where}/${id}/${tab}`);
      expectComplaint(page, /status of 40[34]/);
      await page.getByRole('heading', { name: /brief/i }).waitFor();
      await page.locator('.skeleton').waitFor({ state: 'detached' });
      await settle?.(page);
      expect((await trial.manage('DELETE', `${list}/${id}`)).status).toBeLessThan(300);
      await act(page);
      await page.getByText(`There is no such ${kind}`).waitFor();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toMatch(/brief/i);
      await page.getByRole('link', { name: `All ${kind}s` }).click();
      await page.waitForURL(new RegExp(`${where}$`));
    },
  );
});
