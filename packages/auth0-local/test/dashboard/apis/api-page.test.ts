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
