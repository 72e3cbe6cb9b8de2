import { describe, expect, it } from 'vitest';
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

describe('a form whose tenant knows what helps', () => {
  const dashboard = useDashboard();

  it('shows the command as every other page does, and how a project comes to it', async () => {
    const page = await dashboard.open('/roles');
    expectComplaint(page, /status of 403/);
    const fix = `auth0 test token --audience ${'long-'.repeat(12)}api`;
    await page.route(/\/roles$/, (route) =>
      route.fulfill({ status: 403, json: { message: 'Not now.', fix } }),
    );
    await page.getByRole('button', { name: 'Create role' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Reader');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    const problem = dialog.getByRole('alert').filter({ hasText: 'Not now.' });
    await problem.getByText('This helps (in a project: npx)').waitFor();
    await problem.getByRole('button', { name: 'Copy command' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(fix);
  });
});

describe('a browser with more cookies than a server takes', () => {
  const dashboard = useDashboard();
  const cure = 'Delete the cookies of localhost in the browser, and try again.';

  it('reads in an open page and in a new one what they are, and what helps', async () => {
    const page = await dashboard.open('/users');
    expectComplaint(page, /status of 431/);
    await page.getByRole('link', { name: 'Users' }).first().waitFor();
    const { domain } = dashboard.trial.tenant;
    const cookies = Array.from({ length: 20 }, (_, index) => ({
      name: `app-${index}`,
      value: 'a'.repeat(4000),
      url: domain,
    }));
    await page.context().addCookies(cookies);
    await page.getByRole('link', { name: 'Roles' }).first().click();
    await page.getByText(cure).waitFor();
    expect(await page.getByText('The tenant failed').count()).toBe(0);
    await page.reload();
    await page.getByText(cure).waitFor();
    expect(await page.locator('body').textContent()).toMatch(/^The headers are too large\./);

    await page.context().clearCookies();
    await page.goto(`${domain}/dashboard/roles`);
    await page.getByRole('heading', { name: 'Roles' }).waitFor();
  });
});
