import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { updateUser } from '../../../src/tenant/users.js';
import { authorize, authorizePath, callback } from '../../support/authorize-requests.js';
import { createBrowser, type Browser } from '../../support/browser.js';
import { openTenant, openTenantForTest, type OpenTenant } from '../../support/open-tenant.js';
import { users } from '../../support/trial-tenant.js';

let open: OpenTenant;
let browser: Browser;
beforeAll(async () => {
  open = await openTenant();
});
beforeEach(() => {
  browser = createBrowser(open.site.url);
});
afterAll(() => open.close());

describe('a session', () => {
  it('is over when the user is blocked or deleted', async () => {
    const { tenant, site } = await openTenantForTest();
    const other = createBrowser(site.url);
    await authorize(other);
    await updateUser(tenant, users.plain.user_id, { blocked: true });
    expect((await other.open(authorizePath())).url.pathname).toBe('/u/login');

    await updateUser(tenant, users.plain.user_id, { blocked: false });
    expect((await other.open(authorizePath())).url.href).toContain(callback);
    tenant.store.users.delete(users.plain.user_id);
    expect((await other.open(authorizePath())).url.pathname).toBe('/u/login');
  });

  it('is over after a week', async () => {
    await authorize(browser);
    open.advance(7 * 24 * 60 * 60 * 1000 - 1);
    expect((await browser.open(authorizePath())).url.href).toContain(callback);
    open.advance(1);

    expect((await browser.open(authorizePath())).url.pathname).toBe('/u/login');
  });

  it('is not kept in the words of its cookie', async () => {
    await authorize(browser);
    const secrets = [...browser.cookies.values()];

    expect(secrets).toHaveLength(2);
    const stored = JSON.stringify([...open.tenant.store.artifacts.list(), ...open.tenant.log.list()]);
    for (const secret of secrets) expect(stored).not.toContain(secret);
  });

  it('begins under a secret that nobody could know before (session fixation)', async () => {
    const name = `auth0-local-session-${new URL(open.site.url).port}`;
    browser.cookies.set(name, 'planted');
    await authorize(browser);

    expect(browser.cookies.get(name)).toMatch(/^[\w-]{43}$/);
    const thief = createBrowser(open.site.url);
    thief.cookies.set(name, 'planted');
    expect((await thief.open(authorizePath())).url.pathname).toBe('/u/login');
  });
});
