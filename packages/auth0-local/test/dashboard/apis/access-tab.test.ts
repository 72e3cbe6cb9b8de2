import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Api } from '../../../src/tenant/apis.js';
import type { ClientGrant } from '../../../src/tenant/client-grants.js';
import { applications } from '../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

const scopes = ['read:it', 'write:it', 'delete:it'];

describe('the applications that may have tokens of an API', () => {
  const dashboard = useDashboard();
  const openApi = async (
    identifier: string,
    { grants = [], ...more }: { readonly grants?: readonly object[]; readonly [name: string]: unknown } = {},
  ): Promise<Page> => {
    const body = { name: identifier, identifier, scopes: scopes.map((value) => ({ value })), ...more };
    const { body: api } = await dashboard.trial.manage<Api>('POST', '/resource-servers', body);
    for (const grant of grants) {
      await dashboard.trial.manage('POST', '/client-grants', { audience: identifier, ...grant });
    }
    return dashboard.open(`/apis/${api.id}/access`);
  };
  const readGrants = async (audience: string): Promise<readonly ClientGrant[]> => {
    const query = new URLSearchParams({ audience }).toString();
    return (await dashboard.trial.manage<readonly ClientGrant[]>('GET', `/client-grants?${query}`)).body;
  };
  const machine = (page: Page) =>
    page.getByRole('switch', { name: /^Authorise Machine for .+ in its own name$/ });

  it('are authorised with the permissions that are ticked, or with all', async () => {
    const page = await openApi('urn:authorising');
    const stored = () => readGrants('urn:authorising');
    await machine(page).click();
    await page.getByRole('checkbox', { name: 'read:it' }).check();
    await page.getByRole('checkbox', { name: 'write:it' }).check();
    await page.getByRole('button', { name: '2 of 3 permissions: Machine' }).waitFor();
    const { client_id: id } = applications.machine;
    await expect
      .poll(stored)
      .toEqual([expect.objectContaining({ client_id: id, scope: ['read:it', 'write:it'] })]);

    const all = page.getByRole('checkbox', { name: 'All permissions' });
    await all.check();
    await page.getByRole('checkbox', { name: 'delete:it', checked: true, disabled: true }).waitFor();
    await expect.poll(stored).toEqual([expect.objectContaining({ allow_all_scopes: true })]);

    await all.uncheck();
    await page.getByRole('checkbox', { name: 'read:it', disabled: false }).uncheck();
    const left = { allow_all_scopes: false, scope: ['write:it', 'delete:it'] };
    await expect.poll(stored).toEqual([expect.objectContaining(left)]);
  });

  it('lose it, and get it back with its permissions by undo', async () => {
    const { client_id: id } = applications.machine;
    const page = await openApi('urn:undoing', { grants: [{ client_id: id, scope: ['write:it'] }] });
    await machine(page).click();
    await page.getByText('Machine is no longer authorised.').waitFor();
    expect(await machine(page).getAttribute('aria-checked')).toBe('false');
    expect(await readGrants('urn:undoing')).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone.').waitFor();
    await page.getByRole('button', { name: '1 of 3 permissions' }).waitFor();
    expect(await readGrants('urn:undoing')).toEqual([
      expect.objectContaining({ client_id: id, scope: ['write:it'] }),
    ]);
  });

  it('are shown as the tenant has them where it refuses a change, and the reason is said', async () => {
    const { client_id: id } = applications.machine;
    const page = await openApi('urn:refused', { grants: [{ client_id: id, scope: ['read:it'] }] });
    await page.getByRole('button', { name: '1 of 3 permissions' }).click();
    const { body: api } = await dashboard.trial.manage<Api>('GET', '/resource-servers/urn%3Arefused');
    const left = ['read:it', 'write:it'].map((value) => ({ value }));
    await dashboard.trial.manage('PATCH', `/resource-servers/${api.id}`, { scopes: left });
    expectComplaint(page, /status of 400/);
    await page.getByRole('checkbox', { name: 'delete:it' }).click();
    await page.getByText('scope must be a subset of resource server scopes').waitFor();
    await page.getByRole('checkbox', { name: 'delete:it', checked: false }).waitFor();
    expect(await readGrants('urn:refused')).toEqual([expect.objectContaining({ scope: ['read:it'] })]);
  });

  it('are authorised for users where the API wants that, and say where they cannot be machines', async () => {
    const page = await openApi('urn:users', {
      subject_type_authorization: { user: { policy: 'require_client_grant' } },
    });
    const web = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('link', { name: 'Web', exact: true }) });
    await web.getByText('client_credentials is not among').waitFor();
    await web.getByRole('switch', { name: 'Authorise Web for urn:users in the name of users' }).click();
    await web.getByRole('checkbox', { name: 'All permissions' }).check();
    await web.getByRole('button', { name: 'All permissions' }).waitFor();
    const granted = { client_id: 'web-client', subject_type: 'user', allow_all_scopes: true };
    await expect.poll(() => readGrants('urn:users')).toEqual([expect.objectContaining(granted)]);
    expect(await page.getByRole('switch', { name: /^Authorise Machine .+ users$/ }).count()).toBe(0);
    await web.getByRole('link', { name: 'its grant types' }).click();
    await page.waitForURL(/\/applications\/web-client\/settings$/);
  });

  it('are filtered, and paged where there are many', async () => {
    const more = Array.from({ length: 60 }, (_, index) => ({ name: `Further ${index}`, app_type: 'spa' }));
    for (const body of more) await dashboard.trial.manage('POST', '/clients', body);
    const page = await openApi('urn:filtered');
    await page.getByText('1–50 of 64').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('51–64 of 64').waitFor();
    await page.getByLabel('Filter by name or client id').fill('stranger');
    await page.getByRole('switch', { name: /^Authorise Stranger/ }).waitFor();
    expect(await page.getByRole('switch').count()).toBe(1);
  });
});

describe('a tenant without applications', () => {
  const dashboard = useDashboard({ seed: { resourceServers: [{ name: 'Alone', identifier: 'urn:alone' }] } });

  it('leads from Application Access to where one is created', async () => {
    const page = await dashboard.open('/apis');
    await page.getByRole('link', { name: 'Alone' }).click();
    await page.getByRole('link', { name: 'Application Access' }).click();
    await page.getByText('No applications yet').waitFor();
    await page.getByRole('link', { name: 'Applications' }).last().click();
    await page.waitForURL(/\/applications$/);
  });
});
