import { createTenant, type RunningTenant } from 'auth0-local';
import { once } from 'node:events';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createAsk } from '../support/ask.js';
import { createFetchWithCa } from '../support/fetch-with-ca.js';
import { openTenantForTest, type OpenTenant } from '../support/open-tenant.js';
import { startTrialTenant, type TrialTenant } from '../support/trial-tenant.js';
import { ownPage, startSession } from './support/start-session.js';

/** Where the page finds what is behind the session. */
const guarded = ['/v2/clients', '/v2/users', '/v2/keys/signing', '/status', '/events', '/nothing'];

describe('POST /dashboard/session', () => {
  let trial: TrialTenant;
  beforeAll(async () => {
    trial = await startTrialTenant();
  });
  afterAll(() => trial.tenant.close());

  it('gives the page a cookie that no script and no other site gets', async () => {
    const { status, headers, body } = await trial.ask('POST', '/dashboard/session', {
      headers: { origin: trial.tenant.domain, 'sec-fetch-site': 'same-origin' },
    });
    expect(status).toBe(204);
    expect(body).toBe('');
    const { port } = new URL(trial.tenant.domain);
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(`^auth0-local-dashboard-${port}=[\\w-]{43}; Path=/dashboard; HttpOnly; SameSite=Strict$`),
      ),
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('marks the cookie as secure over TLS', async () => {
    const send = createFetchWithCa(trial.tenant.ca);
    const { https } = trial.tenant.urls;
    const response = await send(`${https}/dashboard/session`, { method: 'POST', headers: { origin: https } });
    expect(response.headers.getSetCookie().join()).toMatch(/^__Secure-.*; Secure; SameSite=Strict$/);
  });

  it('lets the page do everything with the Management API', async () => {
    const cookie = await startSession(trial.ask);
    const created = await trial.ask('POST', '/dashboard/api/v2/roles', {
      body: { name: 'from the page' },
      headers: { cookie, origin: trial.tenant.domain, 'sec-fetch-site': 'same-origin' },
    });
    expect(created.status).toBe(200);
    const clients = await trial.ask<{ client_secret?: string }[]>('GET', '/dashboard/api/v2/clients', {
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(clients.status).toBe(200);
    expect(clients.body.some(({ client_secret: secret }) => secret === 'machine-secret')).toBe(true);
  });

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://localhost:3000' }],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('gives nothing to a page that is not its own: %j', async (headers) => {
    const answer = await trial.ask<{ statusCode: number }>('POST', '/dashboard/session', { headers });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
    const cookie = await startSession(trial.ask);
    for (const path of guarded) {
      const { status, body } = await trial.ask('GET', `/dashboard/api${path}`, {
        headers: { cookie, ...headers },
      });
      expect([path, status]).toEqual([path, 403]);
      expect(body).toMatchObject({ errorCode: 'dashboard_only' });
    }
  });

  it('gives nothing to what says neither that it is a page nor of which origin', async () => {
    const { status, headers, body } = await trial.ask('POST', '/dashboard/session');
    expect([status, body]).toMatchObject([403, { errorCode: 'dashboard_only' }]);
    expect(headers.getSetCookie()).toEqual([]);
    const cookie = await startSession(trial.ask);
    for (const path of guarded) {
      const withCookie = await trial.ask('GET', `/dashboard/api${path}`, { headers: { cookie } });
      expect([path, withCookie]).toMatchObject([
        path,
        { status: 403, body: { errorCode: 'dashboard_only' } },
      ]);
    }
    for (const said of [{ origin: trial.tenant.domain }, ownPage]) {
      expect((await trial.ask('POST', '/dashboard/session', { headers: said })).status).toBe(204);
      const headers = { cookie, ...said };
      expect((await trial.ask('GET', '/dashboard/api/status', { headers })).status).toBe(200);
    }
  });

  it('is found among cookies of its name that other servers of the host have set', async () => {
    const cookie = await startSession(trial.ask);
    const [name = ''] = cookie.split('=');
    const ask = async (text: string): Promise<number> =>
      (await trial.ask('GET', '/dashboard/api/status', { headers: { cookie: text, ...ownPage } })).status;
    expect(await ask(`${name}=planted; ${cookie}`)).toBe(200);
    expect(await ask(`other=1;${name}=;${name}="planted";${cookie};${name}=late`)).toBe(200);
    expect(await ask(`${name}=planted; ${name}=too`)).toBe(401);
    expect(await ask(`x${cookie}; other="${cookie}`)).toBe(401);
    // No browser has so many for one address.
    expect(await ask(`${`${name}=planted; `.repeat(100)}${cookie}`)).toBe(401);
  });

  it.each([
    ['no cookie', ''],
    ['an empty cookie', 'auth0-local-dashboard-PORT='],
    ['a made up cookie', `auth0-local-dashboard-PORT=${'A'.repeat(43)}`],
    ['one of another name', 'session=SECRET'],
  ])('gives nothing to who has %s', async (_name, text) => {
    const { port } = new URL(trial.tenant.domain);
    const secret = (await startSession(trial.ask)).split('=')[1] ?? '';
    const cookie = text.replace('PORT', port).replace('SECRET', secret);
    for (const path of guarded) {
      const { status, body } = await trial.ask('GET', `/dashboard/api${path}`, {
        headers: { cookie, ...ownPage },
      });
      expect([path, status]).toEqual([path, 401]);
      expect(body).toMatchObject({ errorCode: 'session_required' });
    }
    const change = await trial.ask('DELETE', '/dashboard/api/v2/clients/machine-client', {
      headers: { cookie, ...ownPage },
    });
    expect(change.status).toBe(401);
    expect((await trial.manage('GET', '/clients/machine-client')).status).toBe(200);
  });

  it('opens nothing but the Dashboard: neither the Management API itself nor what the owner can', async () => {
    const cookie = await startSession(trial.ask);
    expect((await trial.ask('GET', '/api/v2/clients', { headers: { cookie } })).status).toBe(401);
    expect((await trial.ask('GET', '/local/status', { headers: { cookie } })).status).toBe(403);
  });

  it('is worth nothing to another tenant, and nothing after a restart', async () => {
    const other = await openTenantForTest();
    const secret = (await startSession(trial.ask)).split('=')[1] ?? '';
    const cookie = `auth0-local-dashboard-${new URL(other.site.url).port}=${secret}`;
    expect(
      (await other.ask('GET', '/dashboard/api/status', { headers: { cookie, ...ownPage } })).status,
    ).toBe(401);
  });

  it('says of changes in the log that the Dashboard made them, and of reading nothing', async () => {
    const open: OpenTenant = await openTenantForTest();
    const headers = { cookie: await startSession(open.ask), ...ownPage };
    await open.ask('GET', '/dashboard/api/v2/roles', { headers });
    await open.ask('POST', '/dashboard/api/v2/roles', { headers, body: { name: 'new' } });
    await open.ask('POST', '/dashboard/api/v2/roles', { headers, body: { name: 'new' } });
    expect(
      open.tenant.log.list().map(({ type, description, client_name: name }) => [type, description, name]),
    ).toEqual([
      ['sapi', 'POST /api/v2/roles', 'Dashboard'],
      ['fapi', 'POST /api/v2/roles: The role "new" already exists.', 'Dashboard'],
    ]);
  });
});

/** What proxies, tunnels and content delivery networks add. */
const forwardingHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-user',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cdn-loop',
  'cf-connecting-ip',
  'cf-ray',
  'x-original-host',
  'x-original-url',
  'x-envoy-external-address',
  'fly-client-ip',
  'tailscale-user-login',
  'ngrok-trace-id',
  'x-azure-clientip',
  'x-amzn-trace-id',
  'x-amz-cf-id',
  'fastly-client-ip',
  'x-vercel-forwarded-for',
  'wl-proxy-client-ip',
  'proxy-client-ip',
  'client-ip',
  'x-remote-ip',
  'x-remote-addr',
  'x-forwarded',
  'x-host',
  'x-originating-ip',
  'x-proxyuser-ip',
  'akamai-origin-hop',
  'incap-client-ip',
  'x-sucuri-clientip',
  'ali-cdn-real-ip',
  'x-nf-client-connection-ip',
  'do-connecting-ip',
  'x-real-port',
  'x-scheme',
  'front-end-https',
  'x-varnish',
  'surrogate-capability',
  'max-forwards',
  'x-nginx-proxy',
  'x-rewrite-url',
  'x-proxy-id',
  'x-tunnel-id',
  'x-arr-ssl',
  'x-appengine-country',
  'x-cloud-trace-context',
  'x_forwarded_for',
  'x_real_ip',
  'client_ip',
];

/** What browsers, their extensions and a page's own code send to whom they talk with directly. */
const browserHeaders = {
  accept: '*/*',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'en',
  'cache-control': 'no-cache',
  'content-length': '0',
  dnt: '1',
  pragma: 'no-cache',
  priority: 'u=4',
  referer: 'http://localhost/',
  'sec-ch-ua': '"Chromium";v="140"',
  'sec-ch-ua-mobile': '?0',
  'sec-ch-ua-platform': '"Linux"',
  'sec-fetch-dest': 'empty',
  'sec-fetch-mode': 'cors',
  'sec-gpc': '1',
  'sec-purpose': 'prefetch',
  te: 'trailers',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'upgrade-insecure-requests': '1',
  'user-agent': 'Mozilla/5.0',
  'x-client-data': 'CIa2yQE=',
  'x-requested-with': 'XMLHttpRequest',
};

describe('the Dashboard’s audience', () => {
  /** Sends a request to the http listener at one of this machine's addresses. */
  async function post(
    tenant: RunningTenant,
    hostname: string,
    headers: Record<string, string>,
  ): Promise<number> {
    const { port } = new URL(tenant.domain);
    return send(`http://${hostname}:${port}`, {
      method: 'POST',
      path: '/dashboard/session',
      headers: { host: `localhost:${port}`, ...ownPage, ...headers },
    });
  }

  /** A request with these headers and no others. */
  async function send(url: string, options: RequestOptions): Promise<number> {
    const { hostname, port } = new URL(url);
    const outgoing = request({ hostname, port, setHost: false, ...options });
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode ?? 0;
  }

  async function start(options: Parameters<typeof createTenant>[0]): Promise<RunningTenant> {
    const tenant = await createTenant({ ephemeral: true, ...options });
    onTestFinished(() => tenant.close());
    return tenant;
  }

  it('is who sits at this machine: no other name, no proxy and no tunnel', async () => {
    const tenant = await start({ allowHosts: ['tenant.test'] });
    expect(await post(tenant, '127.0.0.1', {})).toBe(204);
    expect(await post(tenant, '127.0.0.1', { host: 'tenant.test' })).toBe(403);
    for (const name of forwardingHeaders) {
      expect([name, await post(tenant, '127.0.0.1', { [name]: '127.0.0.1' })]).toEqual([name, 403]);
    }
  });

  it('is a browser with all that it says by itself', async () => {
    const tenant = await start({});
    expect(await post(tenant, '127.0.0.1', browserHeaders)).toBe(204);
  });

  const address = Object.values(networkInterfaces())
    .flat()
    .find((candidate) => candidate?.family === 'IPv4' && !candidate.internal)?.address;

  it.runIf(address !== undefined)('is nobody who comes over the network, unless it is opened', async () => {
    const closed = await start({ host: '0.0.0.0' });
    expect(await post(closed, address ?? '', {})).toBe(403);
    const opened = await start({ host: '0.0.0.0', dashboard: 'anywhere' });
    expect(await post(opened, address ?? '', {})).toBe(204);
  });

  it('may be everybody whom the tenant answers', async () => {
    const tenant = await start({ dashboard: 'anywhere', allowHosts: ['tenant.test'] });
    expect(await post(tenant, '127.0.0.1', { host: 'tenant.test', 'x-forwarded-for': '10.0.0.1' })).toBe(204);
    expect(await post(tenant, '127.0.0.1', { host: 'evil.test' })).toBe(421);
  });

  it('may read over http by another name, where browsers do not say from where', async () => {
    const { domain } = await start({ dashboard: 'anywhere', allowHosts: ['tenant.test'] });
    const cookie = await startSession(createAsk(domain));
    const { port } = new URL(domain);
    const ask = (method: string, name: string): Promise<number> =>
      send(domain, { method, path: '/dashboard/api/v2/roles', headers: { cookie, host: `${name}:${port}` } });
    expect(await ask('GET', 'tenant.test')).toBe(200);
    expect(await ask('POST', 'tenant.test')).toBe(403);
    expect(await ask('GET', 'localhost')).toBe(403);
  });

  it('may be nobody', async () => {
    const tenant = await start({ dashboard: 'off' });
    expect(await post(tenant, '127.0.0.1', {})).toBe(404);
    const page = await fetch(`${tenant.domain}/dashboard/apis`);
    expect(await page.text()).toContain('Its Dashboard is switched off');
  });
});
