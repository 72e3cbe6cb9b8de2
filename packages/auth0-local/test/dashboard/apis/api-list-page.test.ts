import { describe, expect, it } from 'vitest';
import { audience } from '../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

describe('the list of APIs', () => {
  const dashboard = useDashboard();

  it('has each with its kind and a button that copies its identifier', async () => {
    const page = await dashboard.open('');
    const row = page.getByRole('row', { name: 'My Express API' });
    await row.getByText('Custom API').waitFor();
    await page.getByText('System API').waitFor();
    await row.getByRole('button', { name: 'Copy identifier' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(audience);
  });

  it('creates an API with its test application, and shows its quickstart', async () => {
    const page = await dashboard.open('/apis');
    await page.getByRole('button', { name: 'Create API' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create API' });
    await dialog.getByLabel('Name').fill('Orders');
    await dialog.getByLabel('Identifier').fill('urn:orders');
    await dialog.getByLabel('JWT profile').selectOption('RFC 9068');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/\/apis\/[0-9a-f]{24}\/quickstart$/);

    const { body: api } = await dashboard.trial.manage('GET', '/resource-servers/urn%3Aorders');
    expect(api).toMatchObject({ name: 'Orders', token_dialect: 'rfc9068_profile', signing_alg: 'RS256' });
    const { body: grants } = await dashboard.trial.manage('GET', '/client-grants?audience=urn%3Aorders');
    expect(grants).toEqual([expect.objectContaining({ allow_all_scopes: true })]);
  });

  it('says beside the field what is missing, and keeps what was typed', async () => {
    const page = await dashboard.open('/apis');
    await page.getByRole('button', { name: 'Create API' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create API' });
    await dialog.getByLabel('Name').fill('Half of it');
    await page.keyboard.press('Enter');
    await page.getByText('Give it an identifier').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.ariaInvalid')).toBe('true');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Create API' }).click();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Half of it');
  });

  it('says beside the identifier that another API has it', async () => {
    const page = await dashboard.open('/apis');
    expectComplaint(page, /status of 409/);
    await page.getByRole('button', { name: 'Create API' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create API' });
    await dialog.getByLabel('Name').fill('The same again');
    const identifier = dialog.getByLabel('Identifier');
    await identifier.fill(audience);
    await identifier.press('Enter');
    await dialog.getByText('Another API has this identifier: choose another.').waitFor();
    expect(await identifier.getAttribute('aria-invalid')).toBe('true');
  });

  it('deletes an API after its identifier was typed', async () => {
    await dashboard.trial.manage('POST', '/resource-servers', { name: 'Old', identifier: 'urn:old' });
    const page = await dashboard.open('/apis');
    await page.getByRole('button', { name: 'Actions for Old' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const action = page.getByRole('button', { name: 'Delete API' });
    expect(await action.isDisabled()).toBe(true);
    await page.getByLabel('Type urn:old to confirm').fill(' urn:old ');
    await action.click();
    await page.getByText('Old is deleted.').waitFor();
    expect((await dashboard.trial.manage('GET', '/resource-servers/urn%3Aold')).status).toBe(404);
  });
});
