import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/tenant/roles.js';
import { users } from '../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

describe('the list of roles', () => {
  const dashboard = useDashboard();
  const findRoles = async (name: string): Promise<Role[]> =>
    (await dashboard.trial.manage<Role[]>('GET', `/roles?name_filter=${name}`)).body;

  it('creates a role, says beside the field when its name is taken, and goes on with its permissions', async () => {
    const page = await dashboard.open('/roles');
    expectComplaint(page, /status of 409/);
    await page.getByRole('button', { name: 'Create role' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create role' });
    await dialog.getByLabel('Name').press('Enter');
    await dialog.getByText('Give it a name.').waitFor();
    await dialog.getByLabel('Name').fill('admin');
    await page.keyboard.press('Enter');
    await dialog.locator('.field-error', { hasText: 'Another role has this name' }).waitFor();
    await dialog.getByLabel('Name').and(page.locator(':focus')).waitFor();
    await dialog.getByLabel('Name').fill(' editor ');
    await dialog.getByLabel('Description').fill('Writes messages');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/\/roles\/rol_\w+\/permissions$/);
    await page.getByText('Until it has some, this role gives users nothing.').waitFor();
    expect(await findRoles('editor')).toEqual([
      expect.objectContaining({ name: 'editor', description: 'Writes messages' }),
    ]);
  });

  it('deletes a role after it was said who loses it, and gives the focus to what is left', async () => {
    const { body: role } = await dashboard.trial.manage<Role>('POST', '/roles', { name: 'temporary' });
    await dashboard.trial.manage('POST', `/roles/${role.id}/users`, { users: [users.plain.user_id] });
    const page = await dashboard.open('/roles');
    await page.getByLabel('Filter by name or description').fill('tempo');
    await page.getByRole('button', { name: 'Actions for temporary' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('One user has it.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete role' }).click();
    await page.getByText('temporary is deleted.').waitFor();
    await page.getByRole('heading', { name: 'Roles' }).and(page.locator(':focus')).waitFor();
    expect(await findRoles('temporary')).toEqual([]);
    const { body: left } = await dashboard.trial.manage('GET', '/users/auth0%7Cplain/roles');
    expect(left).toEqual([]);
  });
});
