import { describe, expect, it } from 'vitest';
import type { PermissionView } from '../../../src/tenant/permissions.js';
import { nobodysHash } from '../../../src/tenant/passwords.js';
import type { Role } from '../../../src/tenant/roles.js';
import type { User } from '../../../src/tenant/users.js';
import { extendSeed } from '../../support/authorize-requests.js';
import { audience, users } from '../../support/trial-tenant.js';
import { useDashboard } from '../support/open-dashboard.js';

const many = Array.from({ length: 60 }, (_, index) => ({
  email: `person-${index}@example.com`,
  user_id: `person-${index}`,
  password_hash: nobodysHash,
}));
const manyScopes = Array.from({ length: 40 }, (_, index) => ({ value: `read:thing-${index}` }));

describe('a role', () => {
  const dashboard = useDashboard({
    seed: extendSeed({
      users: many,
      resourceServers: [{ name: 'Things', identifier: 'urn:things', scopes: manyScopes }],
    }),
  });
  const createRole = async (name: string): Promise<Role> =>
    (await dashboard.trial.manage<Role>('POST', '/roles', { name })).body;
  const listUserIds = async ({ id }: Role): Promise<string[]> =>
    (await dashboard.trial.manage<User[]>('GET', `/roles/${id}/users?per_page=100`)).body.map(
      (user) => user.user_id,
    );
  const listPermissions = async ({ id }: Role): Promise<string[]> =>
    (await dashboard.trial.manage<PermissionView[]>('GET', `/roles/${id}/permissions`)).body.map(
      (permission) => permission.permission_name,
    );

  it('is renamed, and its description can be empty', async () => {
    const role = await createRole('helper');
    const page = await dashboard.open(`/roles/${role.id}`);
    await page.waitForURL(/\/settings$/);
    await page.getByLabel('Name').fill('assistant');
    await page.getByLabel('Description').fill('');
    await page.keyboard.press('Enter');
    await page.getByText('The settings are saved.').waitFor();
    await page.getByRole('heading', { name: 'assistant' }).waitFor();
    const { body } = await dashboard.trial.manage('GET', `/roles/${role.id}`);
    expect(body).toMatchObject({ name: 'assistant', description: '' });

    await page.getByRole('button', { name: 'Delete role' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete role' }).click();
    await page.waitForURL(/\/roles$/);
    expect((await dashboard.trial.manage('GET', `/roles/${role.id}`)).status).toBe(404);
  });

  it('has permissions, which are found among many, added by keyboard, removed and brought back', async () => {
    const role = await createRole('collector');
    const page = await dashboard.open(`/roles/${role.id}/permissions`);
    await page.getByRole('button', { name: 'Add permissions' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('API').selectOption('Things');
    await dialog.getByText('1–12 of 40').waitFor();
    await dialog.getByLabel('Filter permissions').fill('thing-3');
    await dialog.getByLabel('read:thing-39').focus();
    await page.keyboard.press('Space');
    await dialog.getByLabel('Filter permissions').fill('');
    await dialog.getByLabel('read:thing-0').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'read:thing-39', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Add permissions' }).and(page.locator(':focus')).waitFor();
    expect(await listPermissions(role)).toEqual(['read:thing-39', 'read:thing-0']);

    await page.getByRole('button', { name: 'Remove read:thing-0 of Things' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('read:thing-0 is removed.').waitFor();
    await page
      .getByRole('button', { name: 'Remove read:thing-39 of Things' })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('No permissions yet').waitFor();
    await page.getByRole('button', { name: 'Add permissions' }).and(page.locator(':focus')).waitFor();
    expect(await listPermissions(role)).toEqual([]);
    // Until then the last way back is that of the other one.
    await page.getByText('read:thing-39 is removed.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByRole('cell', { name: 'read:thing-39', exact: true }).waitFor();
    expect(await listPermissions(role)).toEqual(['read:thing-39']);
  });

  it('is given to users who are searched for, and taken from them again', async () => {
    const role = await createRole('writer');
    await dashboard.trial.manage('POST', `/roles/${role.id}/permissions`, {
      permissions: [{ resource_server_identifier: audience, permission_name: 'write:messages' }],
    });
    const page = await dashboard.open(`/roles/${role.id}/users`);
    await page.getByText('Nobody has this role.').waitFor();
    await page.getByLabel('Find a user').pressSequentially('plain');
    await page.getByText('1 found.').waitFor();
    await page.getByRole('button', { name: `Give the role to ${users.plain.email}` }).click();
    await page.getByText(`${users.plain.email} has the role writer.`).waitFor();
    await page.getByText('Has it').waitFor();
    await page.getByLabel('Find a user').and(page.locator(':focus')).waitFor();
    expect(await listUserIds(role)).toEqual([users.plain.user_id]);
    const { body } = await dashboard.trial.manage<PermissionView[]>(
      'GET',
      '/users/auth0%7Cplain/permissions',
    );
    expect(body.map(({ permission_name: name }) => name)).toEqual(['write:messages']);

    await page.getByRole('button', { name: `Remove ${users.plain.email}` }).click();
    await page.getByText(`${users.plain.email} no longer has the role writer.`).waitFor();
    await page.getByRole('button', { name: `Give the role to ${users.plain.email}` }).waitFor();
    expect(await listUserIds(role)).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByRole('link', { name: users.plain.email }).waitFor();
    expect(await listUserIds(role)).toEqual([users.plain.user_id]);
  });

  it('has its users page by page, and the last page goes with its last user', async () => {
    const role = await createRole('crowd');
    await dashboard.trial.manage('POST', `/roles/${role.id}/users`, {
      users: many.slice(0, 51).map(({ user_id: id }) => `auth0|${id}`),
    });
    const page = await dashboard.open(`/roles/${role.id}/users`);
    await page.getByText('1–50 of 51').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('51–51 of 51').waitFor();
    await page.getByRole('button', { name: 'Remove person-50@example.com' }).click();
    await page.getByRole('link', { name: 'person-0@example.com' }).waitFor();
    expect(await page.getByRole('button', { name: 'Next' }).count()).toBe(0);
    await page.getByText('no longer has the role crowd').waitFor();
    expect(await listUserIds(role)).toHaveLength(50);
  });
});
