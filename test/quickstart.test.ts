import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestIssuer, type BadTokenName, type TestIssuer } from '@auth0/auth0-api-js/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addQuickstart, createConsumer, type Consumer } from './support/consumer.js';
import { findFreePort } from './support/free-port.js';
import { sendRaw } from './support/send-raw.js';
import { root, startNode, type RunningProcess } from './support/start-process.js';

const statements = [
  `import 'dotenv/config';`,
  `import express from 'express';`,
  `import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';`,
  `const app = express(); const port = process.env.PORT || 3001;`,
  `app.use(express.json()); app.use(createAuth0Api());`,
  `app.get('/api/public', (req, res) => { res.json({ message: 'Hello from a public endpoint! No authentication required.', timestamp: new Date().toISOString(), }); });`,
  `app.get('/api/private', requiresAuth(), (req, res) => { res.json({ message: 'Hello from a protected endpoint! You are authenticated.', sub: req.auth0.user?.sub, timestamp: new Date().toISOString(), }); });`,
  'app.listen(port, () => { console.log(`API server running at http://localhost:${port}`); });',
  `app.get('/api/messages', requiresAuth({ scopes: ['read:messages'] }), (req, res) => { res.json({ messages: ['Hello!', 'World!'] }); });`,
  `import { scopesInclude } from '@auth0/auth0-express-api';`,
  `app.get('/api/feed', requiresAuth(), scopesInclude(['read:feed', 'read:admin']), (req, res) => { res.json({ feed: [] }); });`,
  `app.get('/api/admin/edit', requiresAuth(), scopesInclude(['read:admin', 'write:admin'], { match: 'all' }), (req, res) => { res.json({ message: 'Admin editor access granted.' }); });`,
  `import { claimEquals, claimIncludes, claimCheck } from '@auth0/auth0-express-api';`,
  `app.get('/api/admin', requiresAuth(), claimEquals('isAdmin', true), (req, res) => { res.json({ message: 'Admin access granted.' }); });`,
  `app.get('/api/editor', requiresAuth(), claimIncludes('roles', ['admin', 'editor']), (req, res) => { res.json({ message: 'Editor access granted.' }); });`,
  `app.get('/api/premium', requiresAuth(), claimCheck( (req, token) => token.tier === 'premium' || token.roles?.includes('admin'), { errorMessage: 'Premium tier or admin role required' }), (req, res) => { res.json({ message: 'Premium content access granted.' }); });`,
];

/** Code without white space and the commas that a formatter adds before a closing bracket. */
const squeeze = (code: string): string => code.replaceAll(/\s+/g, '').replaceAll(/,(?=[)}\]])/g, '');

describe('examples/quickstart/server.js', () => {
  it.each(statements)('has, word for word: %s', (statement) => {
    const server = readFileSync(join(root, 'examples/quickstart/server.js'), 'utf8');
    expect(squeeze(server)).toContain(squeeze(statement));
  });
});

describe.each(['express', 'express-4'] as const)('the quickstart on %s, from tarballs', (express) => {
  let consumer: Consumer;
  let issuer: TestIssuer;
  let api: RunningProcess;
  let port = 0;

  beforeAll(async () => {
    consumer = createConsumer(express);
    addQuickstart(consumer);
    issuer = await createTestIssuer({ port: 0 });
    port = await findFreePort();
    const environment = { AUTH0_DOMAIN: issuer.domain, AUTH0_AUDIENCE: issuer.audience, PORT: String(port) };
    api = startNode(['server.js'], { cwd: consumer.folder, env: environment });
    await api.waitFor(`API server running at http://localhost:${port}`);
  });

  afterAll(async () => {
    await api.stop();
    await issuer.close();
    consumer.remove();
  });

  const get = (path: string, token?: string): Promise<Response> =>
    fetch(
      `http://localhost:${port}${path}`,
      token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
    );

  it('runs the Express that it should', () => {
    const manifest = JSON.parse(
      readFileSync(join(consumer.folder, 'node_modules/express/package.json'), 'utf8'),
    ) as { version: string };
    expect(manifest.version.startsWith(express === 'express' ? '5.' : '4.')).toBe(true);
  });

  it('answers the public route without a token, and the private one with a bare challenge', async () => {
    expect((await get('/api/public')).status).toBe(200);
    const { text: response } = await sendRaw(
      port,
      'GET /api/private HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );
    expect(response).toMatch(/^HTTP\/1\.1 401 /);
    expect(response).toMatch(/^WWW-Authenticate: Bearer\r$/m);
    expect(response).toMatch(/^Cache-Control: no-store\r$/m);
    expect(response).toMatch(/\r\n\r\n$/);
  });

  it.each<BadTokenName>([
    'tampered',
    'expired',
    'wrong-audience',
    'wrong-issuer',
    'issuer-without-slash',
    'id-token',
    'alg-none',
  ])('refuses a token that is %s with header and body', async (name) => {
    const response = await get('/api/private', issuer.badToken(name));
    const body = (await response.json()) as { error: string; error_description: string };
    expect([response.status, body.error]).toEqual([401, 'invalid_token']);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer error="invalid_token", error_description="${body.error_description.replaceAll('"', "'")}"`,
    );
  });

  it('hands the subject to the private route', async () => {
    const body: unknown = await (
      await get('/api/private', issuer.accessToken({ sub: 'auth0|abc123' }))
    ).json();
    expect(body).toMatchObject({
      message: 'Hello from a protected endpoint! You are authenticated.',
      sub: 'auth0|abc123',
    });
  });

  it('asks for the scope of the messages', async () => {
    const refused = await get('/api/messages', issuer.accessToken({ scope: 'read:feed' }));
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      403,
      'Bearer error="insufficient_scope", error_description="Insufficient scopes", scope="read:messages"',
    ]);
    expect(await refused.json()).toEqual({
      error: 'insufficient_scope',
      error_description: 'Insufficient scopes',
    });
    const response = await get('/api/messages', issuer.accessToken({ scope: 'read:messages' }));
    expect(await response.json()).toEqual({ messages: ['Hello!', 'World!'] });
  });

  it.each<[string, object, number]>([
    ['/api/feed', { scope: 'read:feed' }, 200],
    ['/api/feed', { scope: 'read:admin' }, 200],
    ['/api/feed', { scope: 'read:messages' }, 403],
    ['/api/admin/edit', { scope: 'write:admin read:admin' }, 200],
    ['/api/admin/edit', { scope: 'read:admin' }, 403],
    ['/api/admin', { isAdmin: true }, 200],
    ['/api/admin', { isAdmin: 'true' }, 401],
    ['/api/admin', {}, 401],
    ['/api/editor', { roles: ['editor', 'admin'] }, 200],
    ['/api/editor', { roles: ['editor'] }, 401],
    ['/api/editor', {}, 401],
    ['/api/premium', { tier: 'premium' }, 200],
    ['/api/premium', { roles: ['admin'] }, 200],
    ['/api/premium', { tier: 'free' }, 401],
    ['/api/premium', { roles: 7 }, 401],
  ])('answers %s for a token with %j by %i', async (path, claims, status) => {
    const response = await get(path, issuer.accessToken({ ...claims }));
    expect(response.status).toBe(status);
    if (path === '/api/premium' && status === 401) {
      expect(await response.json()).toEqual({
        error: 'invalid_token',
        error_description: 'Premium tier or admin role required',
      });
    }
  });

  it('lets a browser on another origin read the challenge', async () => {
    const headers = {
      origin: 'https://app.example.com',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    const preflight = await fetch(`http://localhost:${port}/api/private`, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'Authorization,Content-Type',
    ]);
    expect((await get('/api/private')).headers.get('access-control-expose-headers')).toBe('WWW-Authenticate');
  });

  describe('under hostile requests', () => {
    it('answers each without a 5xx, and lives', async () => {
      const signed = (claims: object, header: object = {}): string =>
        issuer.accessToken({ ...claims }, { ...header });
      const good = signed({});
      const [head = '', body = '', tail = ''] = good.split('.');
      const characters = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter(
        (c) => !'\r\n'.includes(c),
      );
      const deep = JSON.parse('['.repeat(1000) + ']'.repeat(1000)) as unknown;
      const odd = [
        null,
        true,
        '',
        0,
        -1,
        1e308,
        [],
        {},
        [[]],
        'é"\\\r\n\0',
        '\ud800',
        'x'.repeat(3000),
        deep,
      ];
      const tokens = [
        ...[
          'exp',
          'iat',
          'nbf',
          'iss',
          'aud',
          'sub',
          'scope',
          'cnf',
          'act',
          'roles',
          'tier',
          'isAdmin',
        ].flatMap((name) => odd.map((value) => signed({ [name]: value }))),
        ...['alg', 'typ', 'kid', 'crit', 'jku', 'jwk', 'x5c', 'cty', 'b64'].flatMap((name) =>
          odd.map((value) => signed({}, { [name]: value })),
        ),
        ...['__proto__', 'constructor', 'toString', '../../dev/null', "' OR 1=1", '|sleep 10'].map((kid) =>
          signed({}, { kid }),
        ),
        '.'.repeat(9000),
        '='.repeat(9000),
        'a.'.repeat(4000),
        `${head}.${body}.`,
        `${head}..${tail}`,
        `..${tail}`,
        `${good}.${good}`,
      ];
      const values = [
        ...tokens.map((token) => `Bearer ${token}`),
        ...characters.map((character) => `Bearer ${good.slice(0, 20)}${character}${good.slice(20)}`),
        'Bearer',
        'Bearer ',
        'Bearer  ',
        'Bearer\t',
        ',',
        '"',
        `Bearer ${'a'.repeat(16_000)}`,
        `${'B'.repeat(9000)} x`,
        `Basic ${'='.repeat(99)}`,
      ];
      const paths = [
        '/api/private',
        '/api/messages',
        '/api/feed',
        '/api/admin',
        '/api/editor',
        '/api/premium',
      ];
      const requests = [
        ...values.map(
          (value, index) =>
            `GET ${paths[index % paths.length]} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: ${value}\r\n\r\n`,
        ),
        ...['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'NONSENSE'].map(
          (method) =>
            `${method} /api/private HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${good}\r\n\r\n`,
        ),
        `GET http://evil.example/api/private HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${good}\r\n\r\n`,
        `GET /api/private HTTP/1.0\r\nAuthorization: Bearer ${good}\r\n\r\n`,
        `GET /api/private HTTP/1.1\r\nHost: a@b, c\r\nConnection: close\r\nAuthorization: Bearer ${good}\r\n\r\n`,
        `GET /api/private HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\nAuthorization: x\r\n\r\n`,
        `GET /api/private HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n`,
        `GET /api/private HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer\r\n a\r\n\r\n`,
        `GET /api/private HTTP/1.1\r\nHost: localhost\r\n\r\nGET /api/private HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${good}\r\n\r\n`,
        `POST /api/private HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\nAuthorization: Bearer ${good}\r\n\r\n{}`,
        'GET /api/private%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
        `${'A: b\r\n'.repeat(4000)}\r\n`,
      ];
      expect(requests.length).toBeGreaterThan(400);

      const bad: string[] = [];
      for (const request of requests) {
        const { statuses, text } = await sendRaw(port, request);
        if (statuses.length === 0) bad.push(`no answer <- ${request.slice(0, 120)}`);
        if (statuses.some((status) => status >= 500))
          bad.push(`${text.slice(0, 40)} <- ${request.slice(0, 120)}`);
      }
      expect(bad).toEqual([]);
      expect(api.end).toBeUndefined();
      // The quickstart's own function trips over `roles: true`, and the programmer is told so, once.
      expect(api.stderr).toMatch(/^\[auth0-api\] claimCheck\(\): the function threw \(TypeError at .*\n$/);
      expect((await get('/api/private', good)).status).toBe(200);
      expect((await get('/api/private')).status).toBe(401);
    });
  });
});
