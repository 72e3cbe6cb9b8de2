import { describe, it } from 'vitest';
import { expectComplaint, useDashboard } from './support/open-dashboard.js';

describe('a form whose tenant fails', () => {
  let isBroken = false;
  const now = (): number => {
    if (isBroken) throw new Error('The clock stands still.');
    return Date.now();
  };
  const dashboard = useDashboard({ now });

  it('says where the reason is, keeps what was typed, and saves it later', async () => {
    const page = await dashboard.open('/users');
    expectComplaint(page, /status of 500/);
    await page.getByRole('button', { name: 'Create user' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Email', { exact: true }).fill('patient@example.com');
    await dialog.getByLabel('Password', { exact: true }).fill('secret');
    isBroken = true;
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await dialog.getByRole('alert').filter({ hasText: 'what it writes where it runs says why' }).waitFor();
    isBroken = false;
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/\/details$/);
    await page.getByRole('heading', { name: 'patient@example.com' }).waitFor();
  });
});
