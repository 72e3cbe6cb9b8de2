import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { requestMachineToken, requestToken } from '../../support/flow-requests.js';
import { openTenantForTest } from '../../support/open-tenant.js';
import { applications, audience } from '../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

describe('the event that Activity opens', () => {
  const dashboard = useDashboard();
  const details = (page: Page) => page.getByRole('region', { name: 'Event' });
  const selected = (page: Page) => page.locator('.events-body [aria-selected=true]');
  const focused = (page: Page) => page.evaluate<string>('document.activeElement.tagName');
  const search = (page: Page) => page.evaluate<string>('location.search');
  const isInView = (page: Page) =>
    selected(page).evaluate((row) => {
      const inner = row.getBoundingClientRect();
      const outer = row.closest('[role=grid]')?.getBoundingClientRect();
      return outer !== undefined && inner.top >= outer.top && inner.bottom <= outer.bottom + 1;
    });

  it.each([1280, 390])('is the refusal that the Test tab leads to, in a window of %i px', async (width) => {
    const page = await dashboard.open('/activity', { width });
    expectComplaint(page, /status of 403/);
    await page.getByRole('link', { name: 'Local tenant' }).click();
    await page.getByRole('link', { name: 'My Express API' }).click();
    await page.getByRole('link', { name: 'Test', exact: true }).click();
    await page.getByLabel('Application', { exact: true }).selectOption('Stranger (no grant for this API)');
    const link = page.getByRole('alert').getByRole('link', { name: 'See it in Activity' });
    await link.waitFor();
    for (let count = 0; count < 30; count++) await requestMachineToken(dashboard.trial.ask);
    await link.click();
    await details(page).getByText('Test tab: Client "stranger-client" is not authorized').waitFor();
    expect(await selected(page).textContent()).toContain('Stranger');
    expect(await isInView(page)).toBe(true);
    await expect.poll(() => focused(page)).toBe('H2');
    await expect.poll(() => details(page).getByRole('heading').boundingBox().then(isOnScreen)).toBe(true);
  });

  const isOnScreen = (box: { y: number; height: number } | null): boolean =>
    box !== null && box.y >= 0 && box.y + box.height <= 900;

  it('is found among ten thousand, and again after a reload, until it is closed', async () => {
    const { tenant, site } = await openTenantForTest();
    const ids = tenant.store.transaction(() =>
      Array.from({ length: 10_000 }, (_, index) =>
        tenant.log.write({ type: 's', description: `Event number ${index + 1}` }),
      ).map(({ log_id: id }) => id),
    );
    const page = await dashboard.open(`/activity?event=${ids[2999]}`, { origin: site.url });
    for (const number of [3000, 3010]) {
      await details(page).getByText(`Event number ${number}`, { exact: true }).waitFor();
      await expect.poll(() => selected(page).count()).toBe(1);
      expect(await isInView(page)).toBe(true);
      await page.getByRole('grid').getByText('Event number 3010', { exact: true }).click();
      await details(page).getByText('Event number 3010', { exact: true }).waitFor();
      await page.reload();
    }
    await details(page).getByRole('button', { name: 'Close' }).click();
    await details(page).waitFor({ state: 'detached' });
    expect(await search(page)).toBe('');
  });

  it('is closed by a filter that hides it, and stays with one that does not', async () => {
    await requestMachineToken(dashboard.trial.ask);
    await requestToken(dashboard.trial.ask, {
      grant_type: 'client_credentials',
      ...applications.stranger,
      audience,
    });
    const page = await dashboard.open('/activity');
    await page.getByRole('grid').getByText('Refused').first().click();
    await details(page).waitFor();
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Refused');
    await page.getByRole('searchbox', { name: 'Filter by any word' }).fill('stranger');
    await page.getByText('Issued', { exact: true }).first().waitFor({ state: 'detached' });
    expect(await details(page).count()).toBe(1);
    await page.getByRole('searchbox', { name: 'Filter by any word' }).fill('nobody');
    await details(page).waitFor({ state: 'detached' });
    expect(await search(page)).toBe('');
  });

  it('is open again, with the focus, for whoever comes back to it', async () => {
    await requestMachineToken(dashboard.trial.ask);
    const page = await dashboard.open('/activity');
    await page.getByRole('grid').getByText('Issued').first().click();
    await details(page).waitFor();
    await page.getByRole('link', { name: 'Local tenant' }).click();
    await page.getByRole('heading', { level: 1, name: 'APIs' }).waitFor();
    await page.goBack();
    await details(page).waitFor();
    await expect.poll(() => focused(page)).toBe('H2');
  });

  it('is said to be gone where the log does not have it', async () => {
    await requestMachineToken(dashboard.trial.ask);
    const page = await dashboard.open('/activity?event=of-another-tenant');
    await page.getByText('The event of this address is not in the log').waitFor();
    await page.getByRole('grid').getByText('Issued').first().click();
    await details(page).waitFor();
    expect(await page.getByText('The event of this address is not in the log').count()).toBe(0);
  });
});
