import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Api } from '../../../src/tenant/apis.js';
import { audience } from '../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

describe('the page of an API', () => {
  const dashboard = useDashboard();
  const readApi = async (key = audience): Promise<Api> =>
    (await dashboard.trial.manage<Api>('GET', `/resource-servers/${encodeURIComponent(key)}`)).body;

  it('has a quickstart with its values, a .env to download, and ways to the other tabs', async () => {
    const { id } = await readApi();
    const page = await dashboard.open(`/apis/${id}`);
    await page.waitForURL(/\/quickstart$/);
    await page.getByRole('heading', { level: 1, name: 'My Express API' }).waitFor();
    await page.getByText('Custom API').waitFor();
    const env = `AUTH0_DOMAIN=${dashboard.trial.tenant.domain}\nAUTH0_AUDIENCE=${audience}\n`;
    await page.getByRole('button', { name: 'Copy .env' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(env);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download my-express-api.env' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('my-express-api.env');
    expect(await readFile(await download.path(), 'utf8')).toBe(env);
    await page.getByText('mv my-express-api.env .env').waitFor();

    await page.getByText(`requiresAuth({ scopes: ['read:messages'] })`).waitFor();
    await page.getByRole('link', { name: 'Get a token' }).click();
    await page.waitForURL(/\/test$/);
    await page.getByRole('link', { name: 'Quickstart' }).click();
    await page.getByRole('link', { name: 'Permissions tab' }).click();
    await page.getByRole('heading', { name: 'Add a permission' }).waitFor();
  });

  it('starts the API with the authority of the tenant trusted where its domain is https', async () => {
    const { id } = await readApi();
    const { https } = dashboard.trial.tenant.urls;
    const page = await dashboard.open(`/apis/${id}/quickstart`, { origin: https });
    await page.getByText(`AUTH0_DOMAIN=${https}`).waitFor();
    const command = `npx auth0 local exec --tenant ${new URL(https).host} -- npm run dev`;
    await page.getByLabel('run commands', { exact: true }).getByText(command).waitFor();
    await page.getByText('starts it with that authority trusted').waitFor();

    const plain = await dashboard.open(`/apis/${id}/quickstart`);
    await plain.getByText('npm run dev', { exact: false }).last().waitFor();
    expect(await plain.getByText('auth0 local exec').count()).toBe(0);
  });

  it.each([
    ['dpop', 'useDpop: true'],
    ['mtls', 'with the certificate that it showed'],
  ])('says what a client must do for tokens that are bound by %s', async (mechanism, cure) => {
    const identifier = `urn:bound:${mechanism}`;
    const change = (required: boolean): object => ({ proof_of_possession: { mechanism, required } });
    const body = { name: identifier, identifier, ...change(false) };
    const { body: api } = await dashboard.trial.manage<Api>('POST', '/resource-servers', body);
    const page = await dashboard.open(`/apis/${api.id}/quickstart`);
    await page.getByText(cure).waitFor();
    await page.getByText('The Test tab has one to copy').waitFor();

    // There are no tokens without a proof: none to copy, and no curl that could send it.
    await dashboard.trial.manage('PATCH', `/resource-servers/${api.id}`, change(true));
    const strict = await dashboard.open(`/apis/${api.id}/quickstart`);
    await strict.getByText(cure).waitFor();
    await strict.getByText('and so does a token alone').waitFor();
    expect(await strict.getByText('The Test tab has one to copy').count()).toBe(0);
    expect(await strict.getByLabel('call with a token').count()).toBe(0);
    expect(await strict.getByRole('link', { name: 'Get a token' }).count()).toBe(0);
  });

  it.each([
    ['a name', 'Orders and Invoices API'],
    ['a long name', 'An API with a long name '.repeat(9).slice(0, 200).trim()],
    ['a long name of one word', 'W'.repeat(200)],
  ])('is no wider than a phone with %s', async (_case, name) => {
    const { body } = await dashboard.trial.manage<Api>('POST', '/resource-servers', {
      name,
      identifier: `urn:${name}`,
    });
    const page = await dashboard.open(`/apis/${body.id}/quickstart`, { width: 360 });
    // Nobody may have tokens for it.
    expectComplaint(page, /status of 403/);
    for (const [tab, shown] of [
      ['Quickstart', 'Configure the API'],
      ['Settings', 'General'],
      ['Permissions', 'Add a permission'],
      ['Application Access', 'Application Access'],
      ['Test', 'Call your API'],
    ] as const) {
      await page.getByRole('link', { name: tab, exact: true }).click();
      await page.getByRole('heading', { name: shown, exact: false }).first().waitFor();
      for (const part of ['html', 'main']) {
        expect(await page.locator(part).evaluate((element) => element.scrollWidth)).toBeLessThanOrEqual(360);
      }
    }
  });

  it('says that no .env file can carry an identifier, and has it in the code', async () => {
    const { body } = await dashboard.trial.manage<Api>('POST', '/resource-servers', {
      name: 'Quotes',
      identifier: `urn:'"$(touch canary)`,
    });
    const page = await dashboard.open(`/apis/${body.id}/quickstart`);
    await page.getByText('that no .env file can carry').waitFor();
    await page.getByText('# AUTH0_AUDIENCE: no .env file can carry this value.').waitFor();
    await page.getByText(`createAuth0Api({ audience: "urn:'\\"$(touch canary)" })`).waitFor();
  });

  it('shows the Management API, which nobody can change', async () => {
    const page = await dashboard.open('/apis');
    await page.getByRole('link', { name: 'Auth0 Management API' }).click();
    await page.getByText(`curl ${dashboard.trial.tenant.domain}/api/v2/clients`).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('it cannot be changed or deleted').waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Delete API' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Permissions' }).click();
    await page.getByRole('cell', { name: 'read:clients', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Add' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
  });

  it('says that an API is gone, and leads to the others', async () => {
    const page = await dashboard.open('/apis/000000000000000000000000/settings');
    expectComplaint(page, /status of 404/);
    await page.getByText('There is no such API').waitFor();
    await page.getByRole('link', { name: 'All APIs' }).click();
    await page.getByRole('row', { name: 'My Express API' }).waitFor();
  });
});
