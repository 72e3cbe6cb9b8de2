import { beforeEach, describe, expect, it } from 'vitest';
import { authorizePath } from '../support/authorize-requests.js';
import { lastLog } from '../support/flow-requests.js';
import { openTenantForTest, type OpenTenant } from '../support/open-tenant.js';
import { applications } from '../support/trial-tenant.js';

/** What browsers say of pages that have nothing to do with the tenant. */
const foreign: readonly Record<string, string>[] = [
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'http://localhost:3999', 'sec-fetch-site': 'same-site' },
  { origin: 'null' },
  { origin: 'https://evil.example' },
  { referer: 'https://evil.example/', 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'cross-site' },
];

const known: readonly Record<string, string>[] = [
  {},
  { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' },
  { origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' },
  { referer: 'http://localhost:3000/', 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'none' },
];

describe('what a page makes the log say', () => {
  let open: OpenTenant;
  beforeEach(async () => {
    open = await openTenantForTest();
  });

  const chosen = 'FROM-WEB-PAGE';

  /** What no-cors lets every page send. */
  const askToken = (headers: Record<string, string>) =>
    open.ask('POST', '/oauth/token', {
      body: new URLSearchParams({
        ...applications.machine,
        grant_type: 'client_credentials',
        audience: chosen,
      }),
      headers,
    });

  it.each(foreign)('has no command that names what the page has chosen: %j', async (headers) => {
    await askToken(headers);
    expect(lastLog(open)).toMatchObject({ type: 'feccft', audience: chosen });
    expect(lastLog(open)).not.toHaveProperty('fix');
    await open.ask('GET', authorizePath({ audience: chosen }), { headers });
    expect(lastLog(open)).toMatchObject({ type: 'f', audience: chosen });
    expect(lastLog(open)).not.toHaveProperty('fix');
  });

  it.each(known)('has the command where an application or a program asked: %j', async (headers) => {
    const fix = `auth0 apis create --name ${chosen} --identifier ${chosen}`;
    await askToken(headers);
    expect(lastLog(open)).toMatchObject({ type: 'feccft', fix });
    await open.ask('GET', authorizePath({ audience: chosen }), { headers });
    expect(lastLog(open)).toMatchObject({ type: 'f', fix });
  });

  it('has the command that allows a callback of this machine, which is no application’s yet', async () => {
    const headers = { referer: 'http://localhost:3999/', 'sec-fetch-site': 'same-site' };
    await open.ask('GET', authorizePath({ redirect_uri: 'http://localhost:3999/' }), { headers });
    expect(lastLog(open)?.fix).toContain('--callbacks http://localhost:3000/callback,http://localhost:3999/');
  });

  it('pushes nothing out that somebody did, and is not more than a hundred events a minute', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const count = (): number => open.tenant.log.list().length;
    open.tenant.log.write({ type: 's', description: 'of the user' });
    const ask = [
      () => askToken(headers),
      () => open.ask('GET', '/api/v2/clients', { headers }),
      () => open.ask('GET', '/authorize?client_id=none', { headers }),
      () => open.ask('GET', '/v2/logout?returnTo=x', { headers }),
      () => open.ask('GET', '/v2/logout', { headers }),
    ];
    for (let sent = 0; sent < 120; sent++) await ask[sent % ask.length]?.();
    expect(count()).toBe(101);
    await askToken({});
    expect(count()).toBe(102);

    open.advance(60_000);
    for (const send of ask) await send();
    expect(count()).toBe(102);
    expect(open.tenant.log.list()[0]).toMatchObject({ description: 'of the user' });
  });
});
