import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizePath, authorize } from '../../support/authorize-requests.js';
import { createBrowser } from '../../support/browser.js';
import { createFetchWithCa } from '../../support/fetch-with-ca.js';
import { startTrialTenant, type TrialTenant } from '../../support/trial-tenant.js';

describe('the cookies of the tenant', () => {
  let trial: TrialTenant;
  beforeAll(async () => {
    trial = await startTrialTenant();
  });
  afterAll(() => trial.tenant.close());

  it('are for the tenant alone, on its port, over http', async () => {
    const { port } = new URL(trial.tenant.urls.http);
    const { headers } = await trial.ask('GET', authorizePath());

    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^auth0-local-browser-${port}=[\\w-]{43}; Max-Age=86400; Path=/; Expires=[^;]+; HttpOnly; SameSite=Lax$`,
        ),
      ),
    ]);
  });

  it('come over TLS from frames of other sites too, and bound to the host', async () => {
    const { port } = new URL(trial.tenant.urls.https);
    const send = createFetchWithCa(trial.tenant.ca);
    const { headers } = await send(`${trial.tenant.urls.https}${authorizePath()}`);

    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^__Host-auth0-local-browser-${port}=[\\w-]{43}; Max-Age=86400; Path=/; Expires=[^;]+; HttpOnly; Secure; SameSite=None$`,
        ),
      ),
    ]);
  });

  it('carry a login over TLS', async () => {
    const browser = createBrowser(trial.tenant.urls.https, createFetchWithCa(trial.tenant.ca));
    await authorize(browser);

    expect([...browser.cookies.keys()]).toEqual([
      expect.stringMatching(/^__Host-auth0-local-browser-/),
      expect.stringMatching(/^__Host-auth0-local-session-/),
    ]);
    expect((await browser.open(authorizePath({ prompt: 'none' }))).url.searchParams.has('code')).toBe(true);
  });

  it('are of the tenant that set them: another one on this host has others', async () => {
    const other = await startTrialTenant();
    try {
      const browser = createBrowser(trial.tenant.domain);
      await authorize(browser);
      const second = createBrowser(other.tenant.domain);
      for (const [name, value] of browser.cookies) second.cookies.set(name, value);
      await authorize(second);

      expect(second.cookies.size).toBe(4);
      expect((await browser.open(authorizePath())).url.searchParams.has('code')).toBe(true);
    } finally {
      await other.tenant.close();
    }
  });
});
