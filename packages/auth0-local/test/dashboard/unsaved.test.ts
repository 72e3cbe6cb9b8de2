import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Api } from '../../src/tenant/apis.js';
import { expectComplaint, useDashboard } from './support/open-dashboard.js';

describe('what is typed and not saved', () => {
  const dashboard = useDashboard();
  const createApi = async (identifier: string): Promise<Api> =>
    (await dashboard.trial.manage<Api>('POST', '/resource-servers', { name: identifier, identifier })).body;

  /** Reloads the page, and tells whether the browser has asked first. */
  async function isAsked(page: Page): Promise<boolean> {
    let asked = false;
    page.once('dialog', (dialog) => {
      asked = dialog.type() === 'beforeunload';
      void dialog.accept();
    });
    await page.reload();
    page.removeAllListeners('dialog');
    await page.locator('h1').waitFor();
    return asked;
  }

  it('in a form is not lost with the window unasked, also after another page was shown', async () => {
    const { id } = await createApi('urn:unsaved');
    const page = await dashboard.open(`/apis/${id}/settings`);
    const name = page.getByLabel('Name', { exact: true });
    await name.waitFor();
    expect(await isAsked(page)).toBe(false);

    await name.fill('Typed');
    await page.getByText('There are changes that are not saved.').waitFor();
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('heading', { name: 'Roles' }).waitFor();
    expect(await isAsked(page)).toBe(true);
    expect(await isAsked(page)).toBe(false);
  });

  it('is not asked about once it is saved, discarded, or typed back', async () => {
    const { id } = await createApi('urn:saved');
    const page = await dashboard.open(`/apis/${id}/settings`);
    const name = page.getByLabel('Name', { exact: true });
    const type = async (text: string): Promise<void> => {
      await name.fill(text);
      await page.getByRole('button', { name: 'Save changes', disabled: text === 'urn:saved' }).waitFor();
    };
    await type('Discarded');
    await page.getByRole('button', { name: 'Discard' }).click();
    expect(await isAsked(page)).toBe(false);
    await type('Typed back');
    await type('urn:saved');
    expect(await isAsked(page)).toBe(false);
    await type('Saved');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The settings are saved.').waitFor();
    expect(await isAsked(page)).toBe(false);
  });

  it('is not asked about once its thing is deleted, here or elsewhere', async () => {
    const [here, elsewhere] = [await createApi('urn:here'), await createApi('urn:elsewhere')];
    const page = await dashboard.open(`/apis/${here.id}/settings`);
    await page.getByLabel('Name', { exact: true }).fill('Typed');
    await page.getByRole('button', { name: 'Delete API' }).click();
    await page.getByRole('dialog').getByLabel('Type urn:here to confirm').fill('urn:here');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete API' }).click();
    await page.waitForURL(/\/apis$/);

    await page.getByRole('link', { name: 'urn:elsewhere' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Typed');
    await page.getByRole('link', { name: 'Permissions' }).click();
    await page.getByLabel('Permission', { exact: true }).fill('read:typed');
    expectComplaint(page, /status of 404/);
    await dashboard.trial.manage('DELETE', `/resource-servers/${elsewhere.id}`);
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('heading', { name: 'Roles' }).waitFor();
    await page.goBack();
    await page.getByText('There is no such API').waitFor();
    expect(await isAsked(page)).toBe(false);
  });

  it('as the body of a call, or as a URL that no address keeps, is not lost unasked', async () => {
    const { id } = await createApi('urn:called');
    await dashboard.trial.manage('POST', '/client-grants', {
      client_id: 'machine-client',
      audience: 'urn:called',
      allow_all_scopes: true,
    });
    const page = await dashboard.open(`/apis/${id}/test`);
    const url = page.getByRole('textbox', { name: 'URL' });
    await url.fill('localhost:3456/kept');
    await page.getByLabel('Method').selectOption('POST');
    await page.waitForURL(/method=POST.*3456/);
    expect(await isAsked(page)).toBe(false);
    expect(await url.inputValue()).toBe('http://localhost:3456/kept');

    await page.getByLabel('Body (JSON)').fill('{"typed":1}');
    expect(await isAsked(page)).toBe(true);
    expect(await page.getByLabel('Body (JSON)').inputValue()).toBe('{}');
    await url.fill('https://api.example.com/');
    expect(await isAsked(page)).toBe(true);
    expect(await isAsked(page)).toBe(false);
  });

  it('in a dialog is asked about while that is open', async () => {
    const page = await dashboard.open('/apis');
    const open = async (): Promise<void> => page.getByRole('button', { name: 'Create API' }).click();
    await open();
    const name = page.getByRole('dialog').getByLabel('Name');
    await name.waitFor();
    expect(await isAsked(page)).toBe(false);

    await open();
    await name.fill('Typed');
    expect(await isAsked(page)).toBe(true);
    await open();
    await name.fill('Typed');
    await page.keyboard.press('Escape');
    await name.waitFor({ state: 'detached' });
    expect(await isAsked(page)).toBe(false);
  });
});
