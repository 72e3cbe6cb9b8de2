import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { audience } from '../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

describe('the API access of an application', () => {
  const dashboard = useDashboard();

  const readGrants = async (clientId: string, subjectType = 'client') =>
    (
      await dashboard.trial.manage<{ id: string; scope?: string[] }[]>(
        'GET',
        `/client-grants?client_id=${clientId}&subject_type=${subjectType}`,
      )
    ).body;

  it('is given with chosen permissions, taken away and brought back', async () => {
    const page = await dashboard.open('/applications/stranger-client/access');
    const own = page.getByRole('switch', { name: 'Authorise Stranger for My Express API in its own name' });
    // Quicker than the tenant: one change follows the other, and none is shown as lost meanwhile.
    const held: Route[] = [];
    await page.route(/\/client-grants(\/\w+)?$/, (route) => void held.push(route));
    await own.click();
    await expect.poll(() => held.length).toBe(1);
    await page.getByLabel('read:messages').check();
    await held[0]?.continue();
    await expect.poll(() => held[1]?.request().method()).toBe('PATCH');
    expect(await page.getByRole('button', { name: '1 of 3 permissions' }).count()).toBe(1);
    await page.getByLabel('read:admin').check();
    await held[1]?.continue();
    await expect.poll(() => held.length).toBe(3);
    expect(await page.getByRole('button', { name: '2 of 3 permissions' }).count()).toBe(1);
    await held[2]?.continue();
    await page.unrouteAll();
    await page.getByText('Stranger is now authorised.').waitFor();
    const chosen = { audience, scope: ['read:messages', 'read:admin'], subject_type: 'client' };
    await expect.poll(() => readGrants('stranger-client')).toMatchObject([chosen]);

    await own.click();
    await page.getByText('Stranger is no longer authorised.').waitFor();
    expect(await own.getAttribute('aria-checked')).toBe('false');
    expect(await readGrants('stranger-client')).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByText('Undone.').waitFor();
    expect(await readGrants('stranger-client')).toMatchObject([chosen]);
    expect(await own.getAttribute('aria-checked')).toBe('true');

    await page.getByRole('button', { name: '2 of 3 permissions' }).click();
    await page.getByLabel('All permissions', { exact: true }).check();
    await page.getByText('All permissions are allowed.').waitFor();
    expect(await page.getByLabel('write:messages').isDisabled()).toBe(true);
    expect(await readGrants('stranger-client')).toMatchObject([{ allow_all_scopes: true }]);
  });

  it('is shown as it was where the tenant refuses a change, with the reason', async () => {
    const page = await dashboard.open('/applications/machine-client/access');
    await page.getByRole('button', { name: '2 of 3 permissions' }).click();
    await page.getByLabel('read:admin').waitFor();
    await dashboard.trial.manage('PATCH', `/resource-servers/${encodeURIComponent(audience)}`, {
      scopes: [{ value: 'read:messages' }, { value: 'write:messages' }],
    });
    expectComplaint(page, /status of 400/);
    await page.getByLabel('read:admin').click();
    await page.getByText('scope must be a subset').waitFor();
    expect(await page.getByLabel('read:admin').isChecked()).toBe(false);
    expect(await page.getByLabel('read:messages').isChecked()).toBe(true);
  });

  it('in the name of users is asked where the policies of an API do', async () => {
    const { trial } = dashboard;
    await trial.manage('POST', '/resource-servers', {
      name: 'Strict',
      identifier: 'urn:strict',
      subject_type_authorization: { user: { policy: 'require_client_grant' } },
    });
    const page = await dashboard.open('/applications/web-client/access');
    await page.getByText('It gets none: client credentials is not among').waitFor();
    await page.getByRole('switch', { name: 'Authorise Web for Strict in the name of users' }).click();
    await page.getByText('Web is now authorised.').waitFor();
    expect(await readGrants('web-client', 'user')).toMatchObject([{ audience: 'urn:strict' }]);
    expect(await page.getByRole('switch').count()).toBe(1);
  });
});
