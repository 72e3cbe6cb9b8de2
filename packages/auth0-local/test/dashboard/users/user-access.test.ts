import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/tenant/roles.js';
import { extendSeed } from '../../support/authorize-requests.js';
import { requestPasswordToken } from '../../support/flow-requests.js';
import { audience, users } from '../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

const orders = 'urn:orders';

describe('what a user may do', () => {
  const dashboard = useDashboard({
    seed: extendSeed({
      resourceServers: [
        {
          name: 'Orders',
          identifier: orders,
          enforce_policies: true,
          token_dialect: 'access_token_authz',
          skip_consent_for_verifiable_first_party_clients: true,
          scopes: ['read:orders', 'write:orders'].map((value) => ({ value, description: `May ${value}` })),
        },
      ],
    }),
  });
  const { user_id: userId, email } = users.plain;
  const path = `/users/${encodeURIComponent(userId)}`;
  const listNames = async (list: 'roles' | 'permissions', field: string): Promise<unknown[]> =>
    (await dashboard.trial.manage<Record<string, unknown>[]>('GET', `${path}/${list}`)).body.map(
      (item) => item[field],
    );
  const readPermissionsClaim = async (): Promise<unknown> => {
    const { body } = await requestPasswordToken(dashboard.trial.ask, { audience: orders });
    return decodeJwt(body.access_token)['permissions'];
  };

  it('comes by roles, which are added and removed, and a removal is undone', async () => {
    const { body: role } = await dashboard.trial.manage<Role>('POST', '/roles', { name: 'clerk' });
    await dashboard.trial.manage('POST', `/roles/${role.id}/permissions`, {
      permissions: [{ resource_server_identifier: orders, permission_name: 'read:orders' }],
    });
    const page = await dashboard.open(`${path}/roles`);
    await page.getByText('No roles yet').waitFor();
    await page.getByLabel('Role', { exact: true }).selectOption('clerk');
    await page.getByRole('button', { name: 'Add role' }).click();
    await page.getByRole('row', { name: 'clerk' }).waitFor();
    expect(await readPermissionsClaim()).toEqual(['read:orders']);
    expect(await page.getByLabel('Role', { exact: true }).locator('option').allTextContents()).toEqual([
      'admin',
    ]);

    await page.getByRole('button', { name: 'Add role' }).click();
    await page.getByRole('row', { name: 'admin' }).waitFor();
    await page.getByText('The user has all roles').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Remove clerk' }).click();
    await page.getByRole('button', { name: 'Remove admin' }).and(page.locator(':focus')).waitFor();
    await page.getByText(`${email} no longer has the role clerk.`).waitFor();
    expect(await listNames('roles', 'name')).toEqual(['admin']);
    expect(await readPermissionsClaim()).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('row', { name: 'clerk' }).waitFor();
    expect(await listNames('roles', 'name')).toEqual(expect.arrayContaining(['admin', 'clerk']));

    await page.getByRole('link', { name: 'Permissions' }).click();
    const byRoles = page.getByRole('table', { name: 'Permissions by roles' });
    await byRoles.getByRole('row', { name: 'read:orders' }).getByRole('link', { name: 'clerk' }).waitFor();
    await byRoles.getByRole('row', { name: 'read:admin' }).getByRole('link', { name: 'admin' }).waitFor();
    expect(await byRoles.getByRole('button').count()).toBe(0);
  });

  it('is also given directly, of several APIs at once, and taken away again', async () => {
    const page = await dashboard.open(`${path}/permissions`);
    await page.getByRole('button', { name: 'Add permissions' }).click();
    const dialog = page.getByRole('dialog', { name: `Add permissions to ${email}` });
    const api = dialog.getByLabel('API');
    await api.selectOption('Orders');
    await dialog.getByLabel('write:orders').check();
    await api.selectOption('My Express API');
    await dialog.getByLabel('read:messages').check();
    await dialog.getByLabel('write:messages').check();
    await dialog.getByLabel('write:messages').uncheck();
    await dialog.getByRole('button', { name: 'Add 2 permissions' }).click();
    const direct = page.getByRole('table', { name: 'Direct permissions' });
    await direct.getByRole('row', { name: 'read:messages' }).getByText('My Express API').waitFor();
    await direct.getByRole('row', { name: 'write:orders' }).getByText('May write:orders').waitFor();
    expect(await readPermissionsClaim()).toContain('write:orders');

    await page.getByRole('button', { name: 'Add permissions' }).click();
    await api.selectOption('Orders');
    expect(await dialog.getByLabel('write:orders').isDisabled()).toBe(true);
    expect(await dialog.getByLabel('write:orders').isChecked()).toBe(true);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Remove write:orders of Orders' }).click();
    await page.getByText('write:orders is removed.').waitFor();
    expect(await readPermissionsClaim()).not.toContain('write:orders');
    await page.getByRole('button', { name: 'Undo' }).click();
    await direct.getByRole('row', { name: 'write:orders' }).waitFor();
    expect(await readPermissionsClaim()).toContain('write:orders');
    await page.getByRole('button', { name: 'Remove read:messages of My Express API' }).click();
    await page.getByText('read:messages is removed.').waitFor();
    expect(await listNames('permissions', 'resource_server_identifier')).toContain(orders);
    expect(await listNames('permissions', 'permission_name')).not.toContain('read:messages');
  });

  it('is gone from the page at once where it was given directly, and comes back where the tenant has not taken it', async () => {
    const admin = `/users/${encodeURIComponent(users.admin.user_id)}`;
    await dashboard.trial.manage('POST', `${admin}/permissions`, {
      permissions: [{ resource_server_identifier: audience, permission_name: 'read:admin' }],
    });
    const page = await dashboard.open(`${admin}/permissions`);
    const direct = page.getByRole('table', { name: 'Direct permissions' });
    const byRoles = page.getByRole('table', { name: 'Permissions by roles' });
    await direct.getByRole('row', { name: 'read:admin' }).waitFor();
    expectComplaint(page, /ERR_FAILED/);
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/permissions$/, async (route) => {
      await held;
      await route.abort();
    });
    await page.getByRole('button', { name: 'Remove read:admin of My Express API' }).click();
    await direct.waitFor({ state: 'detached' });
    expect(await byRoles.getByRole('row', { name: 'read:admin' }).isVisible()).toBe(true);
    release();
    await page.getByText('The tenant does not answer.').first().waitFor();
    await direct.getByRole('row', { name: 'read:admin' }).waitFor();
  });
});
