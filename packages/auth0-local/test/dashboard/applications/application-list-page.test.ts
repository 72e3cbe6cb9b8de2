import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { applications, audience } from '../../support/trial-tenant.js';
import { useDashboard } from '../support/open-dashboard.js';

describe('the list of applications', () => {
  const dashboard = useDashboard();

  it('has each with its type and a button that copies its client id, and finds it by a filter', async () => {
    const page = await dashboard.open('/applications');
    await page.getByText('Single Page Web Application').waitFor();
    await page.getByLabel('Filter by name').fill('machine to');
    await page.getByText('Single Page Web Application').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Copy client id of Machine' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(applications.machine.client_id);
  });

  it('leads to the parts of an application', async () => {
    const page = await dashboard.open('/applications');
    await page.getByRole('button', { name: 'Actions for Stranger' }).click();
    await page.getByRole('menuitem', { name: 'API access' }).click();
    await page.waitForURL(/\/applications\/stranger-client\/access$/);
    await page.getByRole('heading', { name: 'Stranger', level: 1 }).waitFor();
  });

  it('creates a machine that is authorised for an API at once', async () => {
    const page = await dashboard.open('/applications');
    const dialog = await openDialog(page);
    await dialog.getByLabel('Name').fill('Nightly job');
    await dialog.getByLabel('API to authorise').selectOption(audience);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL(/\/credentials$/);
    const created = await readShown(page);
    expect(created).toMatchObject({
      name: 'Nightly job',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
      oidc_conformant: true,
    });
    const id = String(created['client_id']);
    const { body: grants } = await dashboard.trial.manage('GET', `/client-grants?client_id=${id}`);
    expect(grants).toEqual([expect.objectContaining({ audience, allow_all_scopes: true })]);
  });

  const interactive = ['authorization_code', 'implicit', 'refresh_token'];
  it.each([
    ['Regular Web Application', 'regular_web', 'client_secret_post', [...interactive, 'client_credentials']],
    ['Single Page Web Application', 'spa', 'none', interactive],
    ['Native', 'native', 'none', interactive],
  ])('creates one of the type %s', async (label, type, method, grantTypes) => {
    const page = await dashboard.open('/applications');
    const dialog = await openDialog(page);
    await dialog.getByLabel('Name').fill(`My ${type}`);
    await dialog.getByLabel(label).check();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL(/\/settings$/);
    expect(await readShown(page)).toMatchObject({
      name: `My ${type}`,
      app_type: type,
      token_endpoint_auth_method: method,
      grant_types: grantTypes,
      oidc_conformant: true,
    });
  });

  it('creates an API as a client, after it was said which, and keeps what was typed till then', async () => {
    const page = await dashboard.open('/applications');
    const dialog = await openDialog(page);
    await dialog.getByLabel('Name').fill('Gateway');
    await dialog.getByLabel('Resource Server').check();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('Choose the API that it is.').waitFor();
    await page.keyboard.press('Escape');
    await openDialog(page);
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Gateway');
    await dialog.getByLabel('The API it is').selectOption(audience);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL(/\/settings$/);
    expect(await readShown(page)).toMatchObject({
      app_type: 'resource_server',
      resource_server_identifier: audience,
      grant_types: [],
    });
  });

  it('deletes an application with its grants', async () => {
    const { trial } = dashboard;
    await trial.manage('POST', '/clients', { name: 'Old', app_type: 'non_interactive' });
    const page = await dashboard.open('/applications');
    await page.getByRole('button', { name: 'Actions for Old' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete application' }).click();
    await page.getByText('Old is deleted.').waitFor();
    await page.getByRole('link', { name: 'Old' }).waitFor({ state: 'detached' });
    const { body } = await trial.manage<{ name: string }[]>('GET', '/clients');
    expect(body.map(({ name }) => name)).not.toContain('Old');
  });

  async function openDialog(page: Page) {
    await page.getByRole('button', { name: 'Create application' }).click();
    return page.getByRole('dialog', { name: 'Create application' });
  }

  /** The application whose page is shown. */
  async function readShown(page: Page): Promise<Record<string, unknown>> {
    const [, id = ''] = /applications\/([^/]+)\//.exec(page.url()) ?? [];
    return (await dashboard.trial.manage<Record<string, unknown>>('GET', `/clients/${id}`)).body;
  }
});
