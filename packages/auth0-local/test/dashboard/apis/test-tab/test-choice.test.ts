import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { audience, users } from '../../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../../support/open-dashboard.js';
import { serveApiForTest } from '../../support/serve-api.js';

describe('what is chosen in the Test tab', () => {
  const dashboard = useDashboard();
  let path = '';

  beforeAll(async () => {
    if (dashboard.trial === undefined) return;
    const { body } = await dashboard.trial.manage<{ id: string }>(
      'GET',
      `/resource-servers/${encodeURIComponent(audience)}`,
    );
    path = `/apis/${body.id}`;
    await dashboard.trial.manage('POST', '/resource-servers', { name: 'Other', identifier: 'urn:other' });
  });

  const url = (page: Page) => page.getByRole('textbox', { name: 'URL' });
  const subject = (page: Page) => page.getByLabel('claims', { exact: true }).textContent();
  const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click();
  const search = (page: Page) => page.evaluate<string>('location.search');

  async function chooseMuch(page: Page): Promise<void> {
    await page.getByLabel('As a user').check();
    await page.getByLabel('User', { exact: true }).selectOption(users.admin.email);
    await page.getByLabel('Application they log in to').selectOption('Single page');
    await page.getByLabel('write:messages').uncheck();
    await page.getByLabel('Method').selectOption('POST');
    await url(page).fill('localhost:3456/typed');
    await page.getByLabel('Body (JSON)').fill('{"typed":1}');
    await page.getByRole('radio', { name: 'Python' }).check();
  }

  it('is there again after another tab and another page', async () => {
    const page = await dashboard.open(`${path}/test`);
    await chooseMuch(page);
    for (const way of [['Permissions'], ['Users', 'APIs', 'My Express API']]) {
      for (const name of way) await follow(page, name);
      await follow(page, 'Test');
      await page.getByText(`"${users.admin.user_id}"`).waitFor();
      expect(await subject(page)).toContain('"spa-client"');
      expect(await page.getByLabel('write:messages').isChecked()).toBe(false);
      expect(await page.getByLabel('Method').inputValue()).toBe('POST');
      expect(await url(page).inputValue()).toBe('localhost:3456/typed');
      expect(await page.getByLabel('Body (JSON)').inputValue()).toBe('{"typed":1}');
      expect(await page.getByRole('radio', { name: 'Python' }).isChecked()).toBe(true);
    }
  });

  it('says in the address whose token it is and where it is sent, and nothing else, so that a reload keeps it', async () => {
    const page = await dashboard.open(`${path}/test`);
    await page.getByLabel('claims', { exact: true }).waitFor();
    expect(await search(page)).toBe('');
    await chooseMuch(page);
    const chosen = {
      as: 'user',
      application: 'spa-client',
      user: users.admin.user_id,
      method: 'POST',
      url: 'http://localhost:3456/typed',
    };
    await expect.poll(() => search(page)).toBe(`?${new URLSearchParams(chosen).toString()}`);
    const before = await countTokens();
    await page.reload();
    await page.getByText(`"${users.admin.user_id}"`).waitFor();
    expect(await subject(page)).toContain('"spa-client"');
    expect(await countTokens()).toBe(before + 1);
    expect(await page.getByLabel('Method').inputValue()).toBe('POST');
    expect(await url(page).inputValue()).toBe(chosen.url);
    await page.getByLabel('Method').selectOption('GET');
    await url(page).fill('localhost:3001/api/private');

    // What the address had is kept like what was chosen.
    await page.getByLabel('As an application').check();
    await page.getByText('"machine-client@clients"').waitFor();
    await expect.poll(() => search(page)).toBe('');
    await page.getByLabel('Application', { exact: true }).selectOption('Machine');
    await expect.poll(() => search(page)).toBe('?application=machine-client');
    await page.getByLabel('As a user').check();
    await page.getByText(`"${users.admin.user_id}"`).waitFor();
    await follow(page, 'Permissions');
    await follow(page, 'Test');
    await page.getByText(`"${users.admin.user_id}"`).waitFor();
    expect(await subject(page)).toContain('"spa-client"');
  });

  it('is somebody else where the address names who is gone', async () => {
    const page = await dashboard.open(`${path}/test?as=user&application=gone&user=auth0%7Cgone`);
    await page.getByLabel('claims', { exact: true }).waitFor();
    expect(await subject(page)).not.toContain('gone');
  });

  it('begins, for other APIs and in the Quickstart, where the last API was that was typed', async () => {
    const page = await dashboard.open(`${path}/test`);
    // Nobody may have tokens for the other.
    expectComplaint(page, /status of 403/);
    await url(page).fill('localhost:3456/typed');
    await follow(page, 'Quickstart');
    await page.getByText('curl http://localhost:3456/api/private -H').waitFor();
    await page.getByText('PORT=3456 npm run dev').waitFor();
    await follow(page, 'APIs');
    await follow(page, 'Other');
    await follow(page, 'Test');
    expect(await url(page).inputValue()).toBe('http://localhost:3456/api/private');
    // One that is not on this machine is no place to begin.
    await url(page).fill('https://api.example.com/');
    await follow(page, 'Quickstart');
    await page.getByText('curl http://localhost:3001/api/private -H').waitFor();
  });

  it('may be a URL without its scheme', async () => {
    const port = await serveApiForTest((_request, response) => response.end('Here I am'));
    const page = await dashboard.open(`${path}/test`);
    await page.locator('.test-token[aria-busy=false]').waitFor();
    await url(page).fill(`localhost:${port}/a`);
    await page.getByText(`curl http://localhost:${port}/a \\`).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Here I am').waitFor();
  });

  it.each([
    ['/api/messages', 'http://localhost:3456/api/messages'],
    ['4821/api/messages', 'http://localhost:4821/api/messages'],
    [':4821', 'http://localhost:4821'],
  ])('may be a part of a URL, like %s', async (typed, whole) => {
    const page = await dashboard.open(`${path}/test`);
    await url(page).fill('localhost:3456/first');
    await url(page).fill(typed);
    await page.getByLabel('curl code', { exact: true }).getByText(`curl ${whole} \\`).waitFor();
    await expect.poll(() => search(page)).toBe(`?${new URLSearchParams({ url: whole }).toString()}`);
  });

  it.each(['', 'http:///api/messages', '99999/api', 'ftp://localhost/a'])(
    'has no code beside it that calls %j',
    async (typed) => {
      const page = await dashboard.open(`${path}/test`);
      await url(page).fill(typed);
      await page.getByText('The code is here as soon as the URL is one').waitFor();
      expect(await page.getByLabel('curl code', { exact: true }).count()).toBe(0);
    },
  );

  it('is not taken from a link whose URL is not of this machine, or has a password', async () => {
    for (const linked of ['https://attacker.example/', 'http://jane:secret@localhost:3001/']) {
      const page = await dashboard.open(`${path}/test?${new URLSearchParams({ url: linked }).toString()}`);
      await page.locator('.test-token[aria-busy=false]').waitFor();
      expect(await url(page).inputValue()).toBe('http://localhost:3001/api/private');
    }
  });

  it.each([
    ['example.com/api', 'Requests go to this machine only'],
    ['', 'This is no URL'],
    ['/dashboard', 'This is the Dashboard itself'],
  ])('has the error beside the URL when that is %j', async (typed, message) => {
    const page = await dashboard.open(`${path}/test`);
    expectComplaint(page, /status of 400/);
    await page.locator('.test-token[aria-busy=false]').waitFor();
    await url(page).fill(typed.startsWith('/') ? `${dashboard.trial.tenant.domain}${typed}` : typed);
    await page.keyboard.press('Enter');
    await page.getByText(message).waitFor();
    expect(await url(page).evaluate((field) => field.getAttribute('aria-invalid'))).toBe('true');
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  async function countTokens(): Promise<number> {
    const { body } = await dashboard.trial.manage<{ total: number }>('GET', '/logs?include_totals=true');
    return body.total;
  }
});
