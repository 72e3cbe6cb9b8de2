import { createTenant } from 'auth0-local';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { LoopbackResponse } from '../../src/dashboard/send-to-loopback.js';
import { createAsk } from '../support/ask.js';
import { startTrialTenant } from '../support/trial-tenant.js';
import { openPage, type PageBench } from './support/open-page.js';
import { serveApiForTest } from './support/serve-api.js';
import { ownPage, startSession } from './support/start-session.js';

interface Refusal {
  readonly error: string;
  readonly message: string;
  readonly errorCode: string;
}

describe('POST /dashboard/api/requests', () => {
  let page: PageBench;

  beforeAll(async () => {
    page = await openPage();
    return () => page.close();
  });

  const send = <Body = LoopbackResponse>(body: unknown) =>
    page.askAsPage<Body>('POST', '/requests', { body, headers: { 'content-type': 'application/json' } });
  const refusalOf = async (url: string): Promise<unknown[]> => {
    const { status, body } = await send<Refusal>({ method: 'GET', url });
    return [status, body.errorCode];
  };

  it('sends a request as it stands, and shows the answer as it came', async () => {
    const answered = [
      ['WWW-Authenticate', 'Bearer error="insufficient_scope"'],
      ['WWW-Authenticate', 'DPoP algs="ES256"'],
      ['Content-Type', 'application/json'],
    ];
    let seen: unknown[] = [];
    const port = await serveApiForTest((req, res) => {
      req.setEncoding('utf8').on('data', (text) => {
        seen = [req.method, req.url, req.rawHeaders, text];
        res.writeHead(403, 'Not for you', answered.flat());
        res.end('{"error":"insufficient_scope","said":"nö"}');
      });
    });
    const { status, headers, body } = await send({
      method: 'POST',
      url: `http://localhost:${port}/api/private?a=b#part`,
      token: 'a.b-c_d~e+f/g==',
      body: '{"a":"ö"}',
      content_type: 'application/json; charset=utf-8',
    });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      status: 403,
      status_text: 'Not for you',
      body: '{"error":"insufficient_scope","said":"nö"}',
      is_truncated: false,
      duration_ms: expect.any(Number) as number,
    });
    expect(body.headers.slice(0, 3)).toEqual(answered);
    const sent = [
      ['Accept', '*/*'],
      ['User-Agent', 'auth0-local'],
      ['Authorization', 'Bearer a.b-c_d~e+f/g=='],
      ['Content-Type', 'application/json; charset=utf-8'],
      ['Content-Length', '10'],
      ['Host', `localhost:${port}`],
      ['Connection', 'close'],
    ];
    expect(seen).toEqual(['POST', '/api/private?a=b', sent.flat(), '{"a":"ö"}']);
  });

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('sends %s without a token or a body', async (method) => {
    const port = await serveApiForTest((req, res) => res.end(`${req.method} ${req.headers.authorization}`));
    expect((await send({ method, url: `http://127.0.0.1:${port}` })).body.body).toBe(`${method} undefined`);
  });

  it('shows where a redirect leads, and does not go there', async () => {
    let requests = 0;
    const port = await serveApiForTest((_req, res) => {
      requests += 1;
      res.writeHead(302, { Location: 'http://127.0.0.1:1/elsewhere' }).end();
    });
    const { body } = await send({ method: 'GET', url: `http://localhost:${port}/` });
    expect([body.status, body.headers[0], requests]).toEqual([
      302,
      ['Location', 'http://127.0.0.1:1/elsewhere'],
      1,
    ]);
  });

  it('ends the request when the page has gone', async () => {
    const left = new AbortController();
    const closed: Promise<unknown>[] = [];
    const port = await serveApiForTest((_req, res) => {
      closed.push(once(res, 'close'));
      left.abort();
    });
    const answer = fetch(`${page.site.url}/dashboard/api/requests`, {
      method: 'POST',
      headers: { cookie: page.cookie, ...ownPage, 'content-type': 'application/json' },
      body: JSON.stringify({ method: 'GET', url: `http://localhost:${port}/` }),
      signal: left.signal,
    });
    await expect(answer).rejects.toThrow('aborted');
    expect(closed).toHaveLength(1);
    await Promise.all(closed);
  }, 5000);

  it('notes nothing in the log', async () => {
    const port = await serveApiForTest((_req, res) => res.end());
    await send({ method: 'DELETE', url: `http://localhost:${port}/` });
    await send({ method: 'DELETE', url: 'http://localhost:1/' });
    expect(page.tenant.log.list()).toEqual([]);
  });

  it('says that nothing listens', async () => {
    const { status, body } = await send<Refusal>({ method: 'GET', url: 'http://localhost:1/api' });
    expect([status, body]).toEqual([
      502,
      {
        statusCode: 502,
        error: 'Bad Gateway',
        errorCode: 'nothing_listens',
        message: 'Nothing listens on http://localhost:1. Start your API, or change the URL.',
      },
    ]);
  });

  it.each([
    'http://example.com/',
    'http://localhost@evil.test/',
    'http://127.0.0.1.evil.test/',
    'http://localhost.evil.test/',
    'http://evil.test/localhost',
    'http://evil.test#localhost',
    'http://notlocalhost/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::]/',
    'http://0.0.0.0/',
    'http://0/',
    'http://167772161/',
    'http://0x0a000001/',
    'http://10.0.0.1/',
    'http://192.168.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://ⓛocalhost.evil.test/',
    'http://127.0.0.1,evil.test/',
  ])('sends nothing to %s', async (url) => {
    expect((await refusalOf(url))[0]).toBe(400);
    expect(['not_loopback', 'invalid_url']).toContain((await refusalOf(url))[1]);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://localhost/',
    'data:text/plain,a',
    'javascript:alert(1)',
    'unix:/var/run/docker.sock',
    'ws://localhost/',
    'localhost:3001/api',
    '/api/private',
    '//localhost:3001/',
    'http://user:secret@localhost/',
    'http://user@localhost/',
    'http://:secret@127.0.0.1/',
    'http://',
    'http://localhost:99999/',
    '',
  ])('knows %s for no URL of an API', async (url) => {
    expect(await refusalOf(url)).toEqual([400, 'invalid_url']);
  });

  it.each(['http://2130706433', 'http://0x7f.1', 'http://127.1', 'http://127.9.9.9', 'http://LOCALHOST'])(
    'knows %s for this machine, as browsers do',
    async (origin) => {
      expect(await refusalOf(`${origin}:1/`)).toEqual([502, 'nothing_listens']);
    },
  );

  it.each([
    '/dashboard/session',
    '/dashboard',
    '/dashboard/api/v2/clients?a=b',
    '//dashboard/session',
    '/DashBoard/session',
    '/%64ashboard/session',
    '/u/%2e%2e/dashboard%2Fsession',
    '/%dashboard/../dashboard#a',
  ])('sends nothing to %s of the tenant itself, by whatever name', async (path) => {
    const { port } = new URL(page.site.url);
    for (const name of [
      'localhost',
      '127.0.0.1',
      '127.1',
      '127.0.0.1.',
      '[::1]',
      'a.localhost',
      '0x7f.0.0.1',
    ])
      expect([name, await refusalOf(`http://${name}:${port}${path}`)]).toEqual([
        name,
        [400, 'own_dashboard'],
      ]);
  });

  it('sends nothing to the Dashboard of the other listener', async () => {
    const { tenant, ask } = await startTrialTenant();
    onTestFinished(() => tenant.close());
    const cookie = await startSession(ask);
    for (const origin of Object.values(tenant.urls)) {
      const { body } = await ask<Refusal>('POST', '/dashboard/api/requests', {
        body: { method: 'POST', url: `${origin}/dashboard/session` },
        headers: { cookie, ...ownPage },
      });
      expect(body.errorCode).toBe('own_dashboard');
      expect(body.message).toContain('Write the URL of your API');
    }
  });

  it('sends to all else of the tenant, and to a dashboard of another server', async () => {
    const own = async (path: string): Promise<number> =>
      (await send({ method: 'GET', url: `${page.site.url}${path}` })).body.status;
    expect(await own('/api/v2/clients')).toBe(401);
    expect(await own('/userinfo')).toBe(401);
    expect(await own('/dashboards')).toBe(404);
    const port = await serveApiForTest((_req, res) => res.end('of another'));
    expect((await send({ method: 'GET', url: `http://localhost:${port}/dashboard` })).body.body).toBe(
      'of another',
    );
  });

  it('sends so many requests at once, and others when some have ended', async () => {
    const waiting: ServerResponse[] = [];
    const port = await serveApiForTest((_req, res) => void waiting.push(res));
    const request = { method: 'GET', url: `http://localhost:${port}/` };
    const answers = Array.from({ length: 16 }, () => send(request));
    await expect.poll(() => waiting.length, { interval: 5 }).toBe(16);
    const { status, body } = await send<Refusal>(request);
    expect([status, body.errorCode]).toEqual([429, 'too_many_requests']);
    expect(body.message).toContain('16 requests already wait');
    for (const res of waiting) res.end('answered');
    for (const answer of answers) expect((await answer).body.body).toBe('answered');
    const another = send(request);
    await expect.poll(() => waiting.length, { interval: 5 }).toBe(17);
    waiting[16]?.end('answered');
    expect((await another).body.body).toBe('answered');
  });

  it.each([
    ['a token with a line break', { token: 'a\r\nX-Evil: 1' }],
    ['a token with a space', { token: 'Bearer a.b.c' }],
    ['a token with quotes', { token: '"a.b.c"' }],
    ['a token that is none', { token: '' }],
    ['a token of another type', { token: ['a'] }],
    ['a media type with a line break', { content_type: 'a/b\r\nX-Evil: 1', body: 'x' }],
    ['a media type beyond ASCII', { content_type: 'a/ö', body: 'x' }],
    ['an unknown method', { method: 'TRACE' }],
    ['a method with a line break', { method: 'GET / HTTP/1.1\r\n' }],
    ['a body of another type', { body: { a: 1 } }],
    ['further headers', { headers: { 'x-evil': '1' } }],
    ['a URL of another type', { url: ['http://localhost/'] }],
    ['a URL of any length', { url: `http://localhost/${'a'.repeat(10_000)}` }],
  ])('refuses %s', async (_what, part) => {
    let requests = 0;
    const port = await serveApiForTest((_req, res) => {
      requests += 1;
      res.end();
    });
    const { status, body } = await send<Refusal>({
      method: 'POST',
      url: `http://127.0.0.1:${port}/`,
      ...part,
    });
    expect([status, body.errorCode, requests]).toEqual([400, 'invalid_body', 0]);
  });

  it.each([
    ['{', 400],
    ['null', 400],
    ['[]', 400],
    [JSON.stringify({ method: 'POST', url: 'http://localhost:1', body: 'x'.repeat(1_100_000) }), 413],
  ])('refuses a body that is none: %.20s', async (body, status) => {
    expect((await send(body)).status).toBe(status);
  });

  it('is for who sits at this machine, also where the Dashboard is open to others', async () => {
    const tenant = await createTenant({ ephemeral: true, dashboard: 'anywhere' });
    onTestFinished(() => tenant.close());
    const ask = createAsk(tenant.domain);
    const cookie = await startSession(ask);
    const request = { body: { method: 'GET', url: 'http://localhost:1/' } };
    const from = (headers: Record<string, string>) =>
      ask<Refusal>('POST', '/dashboard/api/requests', {
        ...request,
        headers: { cookie, ...ownPage, ...headers },
      });
    expect((await from({})).body.errorCode).toBe('nothing_listens');
    const { status, body } = await from({ 'x-forwarded-for': '192.0.2.1' });
    expect([status, body.errorCode]).toEqual([403, 'not_local']);
  });
});
