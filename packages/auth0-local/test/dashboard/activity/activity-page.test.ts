import type { Page } from 'playwright-core';
import { createTenant } from 'auth0-local';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clearStore } from '../../../src/store/store.js';
import { requestMachineToken, requestToken } from '../../support/flow-requests.js';
import { openTenantForTest } from '../../support/open-tenant.js';
import { createTemporaryFolder } from '../../support/temporary-folder.js';
import { applications, audience } from '../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

const rows = (page: Page) => page.getByRole('grid', { name: 'Events' }).locator('.events-body [role=row]');
const scrollTop = (page: Page) => page.getByRole('grid').evaluate((grid) => grid.scrollTop);

describe('the page of the activity', () => {
  const dashboard = useDashboard();
  const beRefused = () =>
    requestToken(dashboard.trial.ask, {
      grant_type: 'client_credentials',
      ...applications.stranger,
      audience,
    });

  it('shows a refusal as it happens, with the reason, the command that helps, and the way to what it names', async () => {
    await requestMachineToken(dashboard.trial.ask);
    const page = await dashboard.open('/activity');
    await rows(page).filter({ hasText: 'Issued' }).first().waitFor();
    await beRefused();
    const row = rows(page).first();
    await row.getByText('Refused').waitFor();
    await row.getByText('Stranger', { exact: true }).waitFor();
    await row.click();

    const details = page.getByRole('region', { name: 'Event' });
    await details.getByText('is not authorized to access resource server').first().waitFor();
    await details.getByRole('button', { name: 'Copy command' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `auth0 client-grants create --client-id stranger-client --audience ${audience} --allow-all-scopes`,
    );
    await details.getByRole('link', { name: 'Stranger' }).waitFor();
    await details.getByRole('link', { name: audience }).click();
    await page.waitForURL(/\/apis\/[0-9a-f]{24}\/quickstart$/);
  });

  it('narrows the list to a word and an outcome', async () => {
    await beRefused();
    await requestMachineToken(dashboard.trial.ask);
    const page = await dashboard.open('/activity');
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Refused');
    await rows(page).getByText('Issued').first().waitFor({ state: 'detached' });
    await rows(page).getByText('Refused').first().waitFor();
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('All outcomes');
    await page.getByRole('searchbox', { name: 'Filter by any word' }).fill('STRANGER-CLIENT');
    await rows(page).getByText('Machine').first().waitFor({ state: 'detached' });
    expect(await rows(page).count()).toBeGreaterThan(0);
    await page.getByRole('searchbox', { name: 'Filter by any word' }).fill('nothing like that');
    await page.getByText('Nothing fits the filter').waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await rows(page).getByText('Machine').first().waitFor();
  });

  it('stands still while it is paused, counts what comes, and shows it afterwards', async () => {
    await requestMachineToken(dashboard.trial.ask);
    const page = await dashboard.open('/activity');
    await rows(page).first().waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const before = await rows(page).allTextContents();
    await beRefused();
    await beRefused();
    await page.getByText('2 new').waitFor();
    expect(await rows(page).allTextContents()).toEqual(before);
    await page.getByRole('button', { name: 'Resume' }).click();
    await rows(page).nth(1).getByText('Refused').waitFor();
    expect((await rows(page).allTextContents()).slice(2)).toEqual(before);
  });

  it('follows nothing while nobody looks, and has missed nothing afterwards', async () => {
    const page = await dashboard.open('/activity');
    await rows(page).first().waitFor();
    const hide = (state: string): Promise<unknown> =>
      page.evaluate(
        `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' });
         document.dispatchEvent(new Event('visibilitychange'))`,
      );
    const closed = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/events'));
    await hide('hidden');
    await closed;
    await requestMachineToken(dashboard.trial.ask);
    const count = (await rows(page).allTextContents()).length;
    await hide('visible');
    await expect.poll(async () => (await rows(page).allTextContents()).length).toBe(count + 1);
    await rows(page).first().getByText('Issued').waitFor();
  });

  it('says that it is not live when the stream has ended, and misses nothing until it is again', async () => {
    const { tenant, site } = await openTenantForTest();
    const write = (description: string) => tenant.log.write({ type: 's', description });
    write('Before');
    const page = await dashboard.open('/activity', { origin: site.url });
    expectComplaint(page, /ERR_(FAILED|INCOMPLETE)/);
    await page.getByText('1 shown').waitFor();
    await page.route('**/api/events*', (route) => route.abort());
    // The tenant ends the stream of a page that does not read, and of one that follows what is gone.
    clearStore(tenant.store);
    write('Ends it');
    const notice = page.getByText('Not live: reconnecting…');
    await notice.waitFor();
    expect(await page.getByText('The tenant does not answer.').count()).toBe(0);
    write('Meanwhile');
    await page.unroute('**/api/events*');
    await rows(page).getByText('Meanwhile').waitFor();
    expect(await rows(page).count()).toBe(2);
    expect(await notice.count()).toBe(0);
  });

  it('goes on by itself when the tenant was restarted, or is another', async () => {
    const dataDir = createTemporaryFolder();
    const first = await createTenant({ dataDir, port: 0, httpsPort: 0 });
    const [port, httpsPort] = [first.urls.http, first.urls.https].map((url) => Number(new URL(url).port));
    const ports = { ...(port && { port }), ...(httpsPort && { httpsPort }) };
    const page = await dashboard.open('/activity', { origin: first.domain });
    expectComplaint(page, /ERR_(CONNECTION|EMPTY_RESPONSE|INCOMPLETE)|status of 401/);
    await page.getByText('Nothing has happened yet').waitFor();
    await page.getByRole('link', { name: 'Choose an API' }).waitFor();
    await first.close();
    await page.getByText('The tenant does not answer.').waitFor();
    const second = await createTenant({ dataDir, ...ports });
    onTestFinished(() => second.close());
    await fetch(`${second.domain}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'of-nobody' }),
    });
    await rows(page).getByText('of-nobody').waitFor();
    expect(await rows(page).count()).toBe(1);
    // Another one at the same address knows nothing of what the page has shown.
    await second.close();
    const third = await createTenant({ ephemeral: true, ...ports });
    onTestFinished(() => third.close());
    await page.getByText('Nothing has happened yet').waitFor();
  });
});

describe('ten thousand events', () => {
  const dashboard = useDashboard();

  async function openLong() {
    const { tenant, site } = await openTenantForTest();
    const write = (number: number) => tenant.log.write({ type: 's', description: `Event number ${number}` });
    tenant.store.transaction(() => {
      for (let number = 1; number <= 10_000; number += 1) write(number);
    });
    const page = await dashboard.open('/activity', { origin: site.url });
    await page.getByText('10,000 shown').waitFor();
    return { page, write, tenant };
  }

  it('are drawn where they are looked at, and all can be reached by the keyboard', async () => {
    const { page } = await openLong();
    const grid = page.getByRole('grid', { name: 'Events' });
    expect(await grid.getAttribute('aria-rowcount')).toBe('10001');
    expect(await rows(page).count()).toBeLessThan(40);
    await grid.focus();
    const active = async () =>
      page.locator(`[id="${await grid.getAttribute('aria-activedescendant')}"]`).textContent();
    expect(await active()).toContain('Event number 10000');
    await page.keyboard.press('End');
    await rows(page).getByText('Event number 1', { exact: true }).waitFor();
    expect(await active()).toContain('Event number 1');
    expect(await rows(page).last().getAttribute('aria-rowindex')).toBe('10001');
    expect(await rows(page).count()).toBeLessThan(40);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Event' }).getByText('Event number 2', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("role")')).toBe('grid');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Home');
    await rows(page).getByText('Event number 10000').waitFor();
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 5000 * 44);
    await rows(page).getByText('Event number 5000', { exact: true }).waitFor();
  });

  it('and as many more while it is paused change nothing before it goes on, and none is lost then', async () => {
    const { page, write, tenant } = await openLong();
    // The tenant ends the stream of a page that does not take as much as comes.
    expectComplaint(page, /ERR_INCOMPLETE/);
    await page.getByRole('searchbox', { name: 'Filter by any word' }).fill('event');
    await page.getByRole('button', { name: 'Pause' }).click();
    const before = await rows(page).allTextContents();
    tenant.store.transaction(() => {
      for (let number = 10_001; number <= 20_000; number += 1) write(number);
    });
    await page.getByText('10,000 new').waitFor();
    expect(await rows(page).allTextContents()).toEqual(before);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('10,000 shown').waitFor();
    await rows(page).first().getByText('Event number 20000').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await rows(page).last().getByText('Event number 10001', { exact: true }).waitFor();
  });

  it('that are being read stay where they are when others come', async () => {
    const { page, write } = await openLong();
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 5000 * 44 + 7);
    const read = rows(page).filter({ hasText: 'Event number 4995' });
    await read.waitFor();
    // The wheel turns on for a while.
    await expect.poll(() => scrollTop(page)).toBe(5000 * 44 + 7);
    const before = (await read.boundingBox())?.y;
    for (let number = 10_001; number <= 10_030; number += 1) write(number);
    await expect.poll(() => scrollTop(page)).toBe(5030 * 44 + 7);
    expect((await read.boundingBox())?.y).toBe(before);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Home');
    await rows(page).getByText('Event number 10030').waitFor();
    write(10_031);
    await rows(page).getByText('Event number 10031').waitFor();
  });
});
