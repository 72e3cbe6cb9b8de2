import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApplication } from '../../src/tenant/applications.js';
import { openTenant, type OpenTenant } from '../support/open-tenant.js';

const allowed = 'http://localhost:3000';
const endpoints = [
  ['/.well-known/openid-configuration', 'GET'],
  ['/.well-known/oauth-authorization-server', 'GET'],
  ['/.well-known/jwks.json', 'GET'],
  ['/oauth/token', 'POST'],
  ['/oauth/revoke', 'POST'],
  ['/userinfo', 'GET, POST'],
] as const;

describe('allowOrigins', () => {
  let open: OpenTenant;

  beforeAll(async () => {
    open = await openTenant();
    createApplication(open.tenant, {
      name: 'Listed',
      app_type: 'spa',
      allowed_origins: ['https://listed.example.com/'],
      web_origins: ['https://web.example.com'],
      callbacks: ['com.example.app://callback', 'https://callback.example.com:8443/deep/path?a=b'],
    });
  });
  afterAll(() => open.close());

  const corsHeaders = (headers: Headers): string[] =>
    [...headers.keys()].filter((name) => name.startsWith('access-control-'));

  describe.each(endpoints)('%s', (path, methods) => {
    const [method = ''] = methods.split(', ');
    const preflight = (origin: string) =>
      open.ask('OPTIONS', path, {
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': 'authorization,content-type',
        },
      });

    it('lets a page of an allowed origin ask', async () => {
      const { status, headers } = await preflight(allowed);
      expect(status).toBe(204);
      expect(Object.fromEntries(headers)).toMatchObject({
        'access-control-allow-origin': allowed,
        'access-control-allow-methods': methods,
        'access-control-allow-headers': 'Authorization, Content-Type, Auth0-Client, DPoP, *',
        'access-control-max-age': '600',
        vary: 'Origin',
      });
      expect(headers.has('access-control-allow-credentials')).toBe(false);
    });

    it('lets a page of an allowed origin read the answer, good or bad', async () => {
      const { headers } = await open.ask(method, path, { headers: { origin: allowed } });
      expect(headers.get('access-control-allow-origin')).toBe(allowed);
      expect(headers.get('access-control-expose-headers')).toBe('WWW-Authenticate, Retry-After, DPoP-Nonce');
      expect(headers.get('vary')).toBe('Origin');
    });

    it.each([
      'https://evil.example.com',
      'http://localhost:3001',
      'https://localhost:3000',
      'http://localhost:3000.evil.example.com',
      'http://LOCALHOST:3000',
      'null',
      '*',
    ])('tells a page of %s nothing', async (origin) => {
      const asked = await preflight(origin);
      expect([asked.status, corsHeaders(asked.headers)]).toEqual([204, []]);
      const { headers } = await open.ask(method, path, { headers: { origin } });
      expect(corsHeaders(headers)).toEqual([]);
      expect(headers.get('vary')).toBe('Origin');
    });

    it('says nothing about origins to who has none, but that they matter', async () => {
      const { headers } = await open.ask(method, path);
      expect([corsHeaders(headers), headers.get('vary')]).toEqual([[], 'Origin']);
    });
  });

  it.each(['https://listed.example.com', 'https://web.example.com', 'https://callback.example.com:8443'])(
    'allows %s, as an application lists it or comes back to it',
    async (origin) => {
      const { headers } = await open.ask('GET', '/.well-known/jwks.json', { headers: { origin } });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
    },
  );

  it('is there for errors of the body too', async () => {
    const { status, headers } = await open.ask('POST', '/oauth/token', {
      body: '{',
      headers: { origin: allowed, 'content-type': 'application/json' },
    });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([400, allowed]);
  });
});
