import { describe, expect, it } from 'vitest';
import type { Api } from '../../../src/tenant/apis.js';
import { applications } from '../../support/trial-tenant.js';
import { useDashboard } from '../support/open-dashboard.js';

describe('the permissions of an API', () => {
  const dashboard = useDashboard();
  const createApi = async (identifier: string, scopes: readonly string[]): Promise<Api> => {
    const body = { name: identifier, identifier, scopes: scopes.map((value) => ({ value })) };
    return (await dashboard.trial.manage<Api>('POST', '/resource-servers', body)).body;
  };
  const readScopes = async ({ id }: Api): Promise<Api['scopes']> =>
    (await dashboard.trial.manage<Api>('GET', `/resource-servers/${id}`)).body.scopes;

  it('are added one after the other, by keyboard, beside what somebody else adds meanwhile', async () => {
    const api = await createApi('urn:adding', []);
    const page = await dashboard.open(`/apis/${api.id}/permissions`);
    await page.getByText('No permissions yet').waitFor();
    await dashboard.trial.manage('PATCH', `/resource-servers/${api.id}`, {
      scopes: [{ value: 'from:elsewhere' }],
    });
    await page.getByLabel('Permission', { exact: true }).fill('read:messages');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Read messages');
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'read:messages', exact: true }).waitFor();
    await page
      .locator('input:focus')
      .and(page.getByLabel('Permission', { exact: true }))
      .waitFor();
    expect(await page.getByLabel('Description').inputValue()).toBe('');
    await page.keyboard.type('write:messages');
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'write:messages', exact: true }).waitFor();
    expect(await readScopes(api)).toEqual([
      { value: 'from:elsewhere' },
      { value: 'read:messages', description: 'Read messages' },
      { value: 'write:messages' },
    ]);
  });

  it('are refused beside the field where a name is reserved, not a scope, or taken', async () => {
    const api = await createApi('urn:refusing', ['read:messages']);
    const page = await dashboard.open(`/apis/${api.id}/permissions`);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.method()));
    for (const [value, reason] of [
      ['openid', 'openid is reserved by OpenID Connect'],
      ['offline_access', 'offline_access is reserved by OpenID Connect'],
      ['read:messages write:messages', 'No white space'],
      ['lesen:grüße', 'Only letters, digits and signs of ASCII'],
      ['read:messages', 'This API has it already: write another.'],
      ['', 'Give it a name'],
    ] as const) {
      await page.getByLabel('Permission', { exact: true }).fill(value);
      await page.getByRole('button', { name: 'Add' }).click();
      await page.getByText(reason).waitFor();
      expect(await page.getByLabel('Permission', { exact: true }).inputValue()).toBe(value);
    }
    expect(sent).not.toContain('PATCH');
    expect(await readScopes(api)).toEqual([{ value: 'read:messages' }]);
  });

  it('are removed after it was said who loses them', async () => {
    const api = await createApi('urn:removing', ['read:it', 'write:it']);
    await dashboard.trial.manage('POST', '/client-grants', {
      client_id: applications.machine.client_id,
      audience: api.identifier,
      scope: ['read:it', 'write:it'],
    });
    const page = await dashboard.open(`/apis/${api.id}/permissions`);
    await page.getByRole('button', { name: 'Remove write:it' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove write:it?' });
    await dialog.getByText('One grant of an application has it.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove write:it' }).and(page.locator(':focus')).waitFor();

    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Remove permission' }).click();
    await page.getByText('write:it is removed.').waitFor();
    expect(await page.getByRole('cell', { name: 'write:it', exact: true }).count()).toBe(0);
    await page
      .locator('input:focus')
      .and(page.getByLabel('Permission', { exact: true }))
      .waitFor();
    expect(await readScopes(api)).toEqual([{ value: 'read:it' }]);
    const { body: grants } = await dashboard.trial.manage('GET', '/client-grants?audience=urn%3Aremoving');
    expect(grants).toEqual([expect.objectContaining({ scope: ['read:it'] })]);
  });

  it('are paged and filtered where there are many', async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `read:thing-${index}`);
    const api = await createApi('urn:many', names);
    const page = await dashboard.open(`/apis/${api.id}/permissions`);
    await page.getByText('1–50 of 1,000').waitFor();
    await page.getByLabel('Filter permissions').fill('thing-999');
    await page.getByRole('cell', { name: 'read:thing-999', exact: true }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });
});
