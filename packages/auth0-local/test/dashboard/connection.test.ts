import { createTenant, type RunningTenant } from 'auth0-local';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { isInSight } from './support/is-in-sight.js';
import { expectComplaint, useDashboard } from './support/open-dashboard.js';

describe('a page whose tenant goes away', () => {
  const dashboard = useDashboard();

  /** A tenant that can be stopped, and started again on the same ports with what it had. */
  async function startRestartable(): Promise<{
    origin: string;
    readonly stop: () => Promise<void>;
    readonly restart: () => Promise<RunningTenant>;
  }> {
    const dataDir = createTemporaryFolder();
    let tenant = await createTenant({ dataDir, port: 0, httpsPort: 0 });
    onTestFinished(() => tenant.close());
    const [port, httpsPort] = [tenant.urls.http, tenant.urls.https].map((url) => Number(new URL(url).port));
    return {
      origin: tenant.domain,
      stop: () => tenant.close(),
      restart: async () => {
        tenant = await createTenant({ dataDir, ...(port && { port }), ...(httpsPort && { httpsPort }) });
        return tenant;
      },
    };
  }

  it('says so, keeps what was typed, and goes on by itself when it is back', async () => {
    const { origin, stop, restart } = await startRestartable();
    const page = await dashboard.open('/apis', { origin });
    expectComplaint(page, /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE/);
    // The session was the old process's.
    expectComplaint(page, /status of 401/);
    await page.getByRole('button', { name: 'Create API' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create API' });
    await dialog.getByLabel('Name').fill('Typed before');
    await dialog.getByLabel('Identifier').fill('urn:typed');
    await stop();
    const banner = page.getByText('The tenant does not answer. This page goes on by itself');
    await banner.waitFor();
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await dialog.getByText('What you typed is kept').waitFor();

    const tenant = await restart();
    await banner.waitFor({ state: 'detached' });
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Typed before');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(/\/quickstart$/);
    expect(tenant.export().resourceServers?.map(({ identifier }) => identifier)).toContain('urn:typed');
  });

  it.each([1280, 390])('says beside the button, in sight, that nothing was saved: %i px', async (width) => {
    const { origin, stop, restart } = await startRestartable();
    const page = await dashboard.open('/apis', { origin, width });
    expectComplaint(page, /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|status of 401/);
    await page.getByRole('button', { name: 'Create API' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Long form');
    await page.getByRole('dialog').getByLabel('Identifier').fill('urn:long-form');
    await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByLabel('Skip consent for first-party applications').check();
    await stop();
    await page.getByText('The tenant does not answer. This page goes on by itself').waitFor();
    await page.getByRole('button', { name: 'Save changes' }).click();
    const problem = page.getByRole('alert').filter({ hasText: 'What you typed is kept' });
    expect(await isInSight(problem)).toBe(true);

    await restart();
    await problem.waitFor({ state: 'detached' });
    await page.getByText('There are changes that are not saved.').waitFor();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The settings are saved.').waitFor();
  });

  it('shows what the tenant has when it was restarted with other things in it', async () => {
    const { origin, stop, restart } = await startRestartable();
    const page = await dashboard.open('/apis', { origin });
    expectComplaint(page, /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|status of 401/);
    await page.getByText('None of your own yet').waitFor();
    await stop();
    const tenant = await restart();
    await tenant.seed({ resourceServers: [{ name: 'Seeded meanwhile', identifier: 'urn:seeded' }] });
    await page.getByText('Seeded meanwhile').waitFor();
  });

  it('that it cannot reach at the start shows its frame, and the page as soon as there is one', async () => {
    const { origin, stop, restart } = await startRestartable();
    const page = await dashboard.open('/apis', { origin });
    expectComplaint(page, /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|status of 401/);
    await page.getByRole('heading', { name: 'APIs' }).waitFor();
    await stop();
    await page.getByRole('link', { name: 'Roles' }).click();
    await page.getByRole('heading', { name: 'Roles' }).waitFor();
    await page.getByText('The tenant does not answer.').waitFor();
    await restart();
    await page.getByRole('button', { name: 'Create role' }).first().waitFor();
    await page.getByText('The tenant does not answer.').waitFor({ state: 'detached' });
  });
});
