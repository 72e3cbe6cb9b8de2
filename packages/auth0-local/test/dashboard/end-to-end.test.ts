import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeProtectedHeader } from 'jose';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { applications, users } from '../support/trial-tenant.js';
import { expectComplaint, useDashboard } from './support/open-dashboard.js';
import { useKeyboard, type Keyboard } from './support/use-keyboard.js';

const example = fileURLToPath(new URL('../../../../examples/quickstart/', import.meta.url));
const identifier = 'https://orders.example.com';

/** Runs the quickstart's server.js for a tenant, and returns where it is. */
async function runQuickstart(domain: string): Promise<string> {
  const placeholder = createServer().listen(0, 'localhost');
  await once(placeholder, 'listening');
  const { port } = placeholder.address() as AddressInfo;
  placeholder.close();
  await once(placeholder, 'close');
  const variables = { PORT: String(port), AUTH0_DOMAIN: domain, AUTH0_AUDIENCE: identifier, NODE_ENV: '' };
  const child = spawn(process.execPath, [join(example, 'server.js')], {
    cwd: example,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  await once(child.stdout, 'data');
  return `http://localhost:${port}`;
}

describe('the way of the quickstart through the Dashboard, by keyboard alone', () => {
  let ahead = 0;
  const dashboard = useDashboard({ now: () => Date.now() + ahead });

  it('leads from an API to a token that opens a route, and to the reason why another does not', async () => {
    const { tenant } = dashboard.trial;
    const api = await runQuickstart(tenant.domain);
    const page = await dashboard.open('');
    const keys = useKeyboard(page);

    await createApi(page, keys);
    await addPermission(page, keys);
    await authoriseApplication(page, keys);
    await takeToken(page, keys);
    const oldToken = await copyToken(page, keys);

    // As an application: with the scope, and without.
    expect(await send(page, keys, `${api}/api/messages`)).toContain('200 OK');
    await keys.toggle(page.getByRole('checkbox', { name: 'read:messages' }));
    await page.getByText('with 1 scope').waitFor();
    const refused = await send(page, keys, `${api}/api/messages`);
    expect(refused).toContain('403 Forbidden');
    expect(refused).toContain('insufficient_scope');

    // As a user: the same.
    await keys.reach(page.getByRole('radio', { name: 'As an application' }));
    await page.keyboard.press('ArrowDown');
    await keys.choose(page.getByLabel('User', { exact: true }), users.admin.email);
    await page.getByLabel('claims', { exact: true }).getByText(users.admin.user_id).waitFor();
    expect(await send(page, keys, `${api}/api/messages`)).toContain('403 Forbidden');
    await keys.toggle(page.getByRole('checkbox', { name: 'All permissions' }));
    await page.getByText('with 2 scopes').waitFor();
    expect(await send(page, keys, `${api}/api/messages`)).toContain('200 OK');

    // Another key: old tokens stay good, new ones are signed by it.
    await rotateKeys(page, keys);
    const answer = await fetch(`${api}/api/messages`, { headers: { authorization: `Bearer ${oldToken}` } });
    expect(answer.status).toBe(200);
    await keys.press(page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link', { name: 'APIs' }));
    await keys.press(page.getByRole('link', { name: 'Orders' }));
    await keys.press(page.getByRole('link', { name: 'Test', exact: true }));
    const newToken = await copyToken(page, keys);
    expect(decodeProtectedHeader(newToken).kid).not.toBe(decodeProtectedHeader(oldToken).kid);
    expect(await send(page, keys, `${api}/api/messages`)).toContain('200 OK');

    // Somebody else's refusal, as it happens.
    await keys.press(
      page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link', { name: 'Activity' }),
    );
    const events = page.getByRole('grid', { name: 'Events' });
    await events.getByRole('row').first().waitFor();
    await fetch(`${tenant.domain}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...applications.machine,
        grant_type: 'client_credentials',
        audience: identifier,
      }),
    });
    await page.getByText('is not authorized to access resource server').first().waitFor();
    await keys.reach(events);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByText(`auth0 client-grants create --client-id machine-client`).first().waitFor();

    // A token that has expired meanwhile.
    ahead = 25 * 60 * 60 * 1000;
    await keys.press(
      page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link', { name: 'Token inspector' }),
    );
    await keys.fill(page.getByLabel('Token', { exact: true }), '');
    await page.keyboard.insertText(newToken);
    const failed = page.getByRole('listitem').filter({ hasText: 'Not expired' });
    await failed.getByText('60 minutes ago').first().waitFor();
    await page.getByText('token_expired').first().waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Signature' })
      .first()
      .getByText('passed', { exact: false })
      .first()
      .waitFor();
  });

  async function createApi(page: Page, keys: Keyboard): Promise<void> {
    await keys.press(page.getByRole('button', { name: 'Create API' }));
    const dialog = page.getByRole('dialog', { name: 'Create API' });
    await keys.fill(dialog.getByLabel('Name'), 'Orders');
    await keys.fill(dialog.getByLabel('Identifier'), identifier);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/quickstart$/);
    await page.getByText(`AUTH0_AUDIENCE=${identifier}`).first().waitFor();
  }

  async function addPermission(page: Page, keys: Keyboard): Promise<void> {
    await keys.press(page.getByRole('link', { name: 'Permissions', exact: true }));
    await keys.fill(page.getByLabel('Permission', { exact: true }), 'openid');
    await page.keyboard.press('Enter');
    await page.getByText('reserved', { exact: false }).first().waitFor();
    for (const permission of ['read:messages', 'write:messages']) {
      await keys.fill(page.getByLabel('Permission', { exact: true }), permission);
      await page.keyboard.press('Enter');
      await page.getByRole('cell', { name: permission, exact: true }).waitFor();
    }
  }

  async function authoriseApplication(page: Page, keys: Keyboard): Promise<void> {
    await keys.press(page.getByRole('link', { name: 'Application Access' }));
    await keys.toggle(page.getByRole('switch', { name: 'Authorise Stranger' }));
    for (const permission of ['read:messages', 'write:messages']) {
      await keys.toggle(page.getByRole('checkbox', { name: permission }));
    }
    await page.getByRole('button', { name: /^2 of 2.*Stranger/ }).waitFor();
  }

  async function takeToken(page: Page, keys: Keyboard): Promise<void> {
    await keys.press(page.getByRole('link', { name: 'Test', exact: true }));
    await keys.choose(page.getByLabel('Application', { exact: true }), 'Stranger');
    await page.getByLabel('claims', { exact: true }).getByText('stranger-client@clients').waitFor();
    await page.getByText('with 2 scopes').waitFor();
  }

  async function copyToken(page: Page, keys: Keyboard): Promise<string> {
    await page.locator('.test-token[aria-busy=false]').waitFor();
    await keys.press(page.getByRole('button', { name: 'Copy access token' }));
    return page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** Sends the token to the API, and returns what is shown of its answer. */
  async function send(page: Page, keys: Keyboard, url: string): Promise<string> {
    await page.locator('.test-token[aria-busy=false]').waitFor();
    await keys.fill(page.getByLabel('URL', { exact: true }), url);
    const answered = page.waitForResponse((response) => response.url().endsWith('/dashboard/api/requests'));
    await page.keyboard.press('Enter');
    await answered;
    const answer = page.getByRole('group', { name: 'Answer' });
    await answer.waitFor();
    return (await answer.textContent()) ?? '';
  }

  async function rotateKeys(page: Page, keys: Keyboard): Promise<void> {
    expectComplaint(page, /nothing/);
    await keys.press(
      page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link', { name: 'Signing keys' }),
    );
    await keys.press(page.getByRole('button', { name: /^Rotate/ }));
    await keys.press(page.getByRole('dialog').getByRole('button', { name: /^Rotate/ }));
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
});
