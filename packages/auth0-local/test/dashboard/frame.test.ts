import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useDashboard } from './support/open-dashboard.js';

/** By how much the page is wider than its window. */
const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe('the frame of the Dashboard', () => {
  const dashboard = useDashboard();
  const longName = 'NightlyBatchesOfTheDepartment'.repeat(6);

  it('shows three notices at most, the oldest goes first, and a long name wraps', async () => {
    for (const number of [1, 2, 3, 4]) {
      await dashboard.trial.manage('POST', '/clients', { name: `${number}${longName}`, app_type: 'spa' });
    }
    const page = await dashboard.open('/applications', { width: 360 });
    // So high that the notices are beside what is clicked.
    await page.setViewportSize({ width: 360, height: 3000 });
    const notices = page.locator('.notice');
    for (const number of [1, 2, 3, 4]) {
      await page.getByRole('button', { name: `Actions for ${number}` }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Delete application' }).click();
      await notices.filter({ hasText: `${number}${longName} is deleted.` }).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect((await notices.allTextContents()).map((text) => text[0])).toEqual(['2', '3', '4']);
    const beyond =
      'document.querySelector(".notice").scrollWidth - document.querySelector(".notice").clientWidth';
    expect(await page.evaluate(beyond)).toBe(0);
  });

  it('closes the menu of a narrow window by Escape, and gives the focus back', async () => {
    const page = await dashboard.open('/apis', { width: 360 });
    const button = page.getByRole('button', { name: 'Menu', exact: true });
    await button.click();
    const link = page.getByRole('link', { name: 'Roles' });
    await link.focus();
    await page.keyboard.press('Escape');
    await link.waitFor({ state: 'hidden' });
    expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true);
    expect(await button.getAttribute('aria-expanded')).toBe('false');
  });

  it.each([360, 1280])('clips long names in lists at %i px, with the whole in a title', async (width) => {
    const { trial } = dashboard;
    const name = `${width}${longName}`;
    const identifier = `urn:${name}`;
    await Promise.all([
      trial.manage('POST', '/resource-servers', { name, identifier }),
      trial.manage('POST', '/clients', { name, app_type: 'spa' }),
      trial.manage('POST', '/roles', { name: name.slice(0, 50), description: longName }),
      trial.manage('POST', '/users', {
        email: `${width}@example.com`,
        name,
        password: 'a-long-enough-Password-1',
        connection: 'Username-Password-Authentication',
      }),
    ]);
    const page = await dashboard.open('/apis', { width });
    for (const list of ['apis', 'applications', 'users']) {
      await page.goto(`${trial.tenant.domain}/dashboard/${list}`);
      const clipped = page.locator(`[title="${name}"]`).first();
      await clipped.waitFor();
      expect(await clipped.evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    }
    await page.goto(`${trial.tenant.domain}/dashboard/roles`);
    await page.getByTitle(name.slice(0, 50), { exact: true }).waitFor();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  });
});
