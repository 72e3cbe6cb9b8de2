import { createTenant, type RunningTenant, type Seed } from 'auth0-local';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTenant } from '../../src/create-tenant.js';
import { readTenantOptions } from '../../src/options.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { isInSight } from './support/is-in-sight.js';
import { expectComplaint, useDashboard } from './support/open-dashboard.js';

describe('a page whose tenant goes away', () => {
  const dashboard = useDashboard();

  /** A tenant that can be stopped, and started again on the same ports with what it had. */
  async function startRestartable(seed: Seed = {}): Promise<{
    origin: string;
    readonly stop: () => Promise<void>;
    readonly restart: () => Promise<RunningTenant>;
  }> {
    const dataDir = createTemporaryFolder();
    let tenant = await createTenant({ dataDir, port: 0, httpsPort: 0, seed });
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
    // The banner is behind the dialog.
    await dialog.getByText('Start it again the way you started it.').waitFor();

    const tenant = await restart();
    await banner.waitFor({ state: 'detached' });
    expect(await dialog.getByText('Start it again').count()).toBe(0);
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

  it.each([390, 1280])('says so in sight of who has scrolled, and covers no field: %i px', async (width) => {
    const resourceServers = [{ name: 'Long page', identifier: 'urn:long' }];
    const { origin, stop } = await startRestartable({ resourceServers });
    const page = await dashboard.open('/apis', { origin, width });
    expectComplaint(page, /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE/);
    await page.getByRole('link', { name: 'Long page' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    const field = page.getByLabel('Token lifetime', { exact: true });
    await field.waitFor();
    // As high in the window as it can be seen.
    await field.evaluate((element) => {
      element.focus({ preventScroll: true });
      const header = document.querySelector('.sidebar') as HTMLElement;
      const top = header.offsetHeight < innerHeight ? header.offsetHeight : 0;
      scrollBy(0, element.getBoundingClientRect().top - top - 4);
    });
    await stop();
    await page.getByText('Start it again the way you started it.').waitFor();
    const edges = (selector: string) =>
      page.locator(selector).evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
    expect((await edges('.connection')).top).toBeGreaterThanOrEqual(0);
    expect((await edges('.connection')).bottom).toBeLessThan(300);
    const isFree = async () => (await edges(':focus')).top >= (await edges('.connection')).bottom;
    await expect.poll(isFree).toBe(true);
  });

  it('names the command that starts it again, where there is one', async () => {
    const tenant = await startTenant({
      ...readTenantOptions({ ephemeral: true }),
      restart: (port) => ({ command: `auth0 local start --port ${port}`, folder: '/home/me/project' }),
    });
    onTestFinished(() => tenant.close());
    const page = await dashboard.open('/apis', { origin: tenant.domain });
    expectComplaint(page, /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE/);
    await page.getByText('None of your own yet').waitFor();
    await page.getByText(new URL(tenant.domain).host).first().waitFor();
    await tenant.close();
    const banner = page.locator('.connection');
    await banner.getByText(`auth0 local start --port ${new URL(tenant.domain).port}`).waitFor();
    await banner.getByText('/home/me/project').waitFor();
    await banner.getByText('(in a project: npx auth0 …)').waitFor();
  });

  it('says beside the button that there is no new token, and has one when the tenant is back', async () => {
    const { origin, stop, restart } = await startRestartable({
      resourceServers: [{ name: 'Stopped', identifier: 'urn:stopped' }],
      clients: [{ name: 'Worker', client_id: 'worker', client_secret: 'worker-secret' }],
      clientGrants: [{ client_id: 'worker', audience: 'urn:stopped', scope: [] }],
    });
    const page = await dashboard.open('/apis', { origin });
    expectComplaint(page, /ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|status of 401/);
    await page.getByRole('link', { name: 'Stopped' }).click();
    await page.getByRole('link', { name: 'Test', exact: true }).click();
    await page.getByLabel('claims', { exact: true }).waitFor();
    await stop();
    await page.getByRole('button', { name: 'New token' }).click();
    const problem = page.getByRole('alert').filter({ hasText: 'No new token: the tenant does not answer.' });
    expect(await isInSight(problem)).toBe(true);

    await restart();
    await problem.waitFor({ state: 'detached' });
    await page.getByText('The token is here.').waitFor({ state: 'attached' });
  });
});
