import { createTenant } from 'auth0-local';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { LoopbackResponse } from '../../src/dashboard/send-to-loopback.js';
import { createAsk } from '../support/ask.js';
import { openPage, type PageBench } from './support/open-page.js';
import { serveApiForTest } from './support/serve-api.js';
import { startSession } from './support/start-session.js';

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
      ask<Refusal>('POST', '/dashboard/api/requests', { ...request, headers: { cookie, ...headers } });
    expect((await from({})).body.errorCode).toBe('nothing_listens');
    const { status, body } = await from({ 'x-forwarded-for': '192.0.2.1' });
    expect([status, body.errorCode]).toEqual([403, 'not_local']);
  });
});
