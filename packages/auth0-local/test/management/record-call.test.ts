import { beforeEach, describe, expect, it } from 'vitest';
import { exportSeed } from '../../src/tenant/export-seed.js';
import { createClientGrant, updateClientGrant } from '../../src/tenant/client-grants.js';
import { applications, users } from '../support/trial-tenant.js';
import { openManagementBench, type Item, type ManagementBench } from './support/management-bench.js';

const { client_id: machine } = applications.machine;

describe('the log of the Management API', () => {
  let bench: ManagementBench;
  let audience = '';

  beforeEach(async () => {
    bench = await openManagementBench();
    audience = `${bench.site.issuer}api/v2/`;
    return () => bench.close();
  });

  it('has each change, with who made it and nothing of what was written', async () => {
    const secret = 'very secret indeed';
    const user = {
      connection: 'Username-Password-Authentication',
      email: 'jane@example.com',
      password: secret,
    };
    const rows: readonly (readonly [method: string, path: string, body?: unknown])[] = [
      ['POST', '/users', user],
      ['PATCH', '/users/auth0%7Cplain', { password: secret }],
      ['PATCH', '/clients/web-client', { client_secret: secret }],
      ['POST', '/clients/web-client/rotate-secret'],
      ['PATCH', '/resource-servers/https%3A%2F%2Fmy-express-api.example.com', { signing_secret: secret }],
      ['DELETE', '/users/auth0%7Cplain'],
    ];
    for (const [method, path, body] of rows) {
      expect((await bench.manage(method, path, { body })).status).toBeLessThan(300);
      expect(bench.lastLog()).toEqual({
        log_id: expect.any(String) as string,
        date: '2026-11-25T12:00:00.000Z',
        type: 'sapi',
        description: `${method} /api/v2${path}`,
        client_id: machine,
        ip: expect.stringMatching(/127\.0\.0\.1|::1/) as string,
      });
    }
    const text = JSON.stringify(bench.tenant.log.list());
    const { clients = [], users: stored = [] } = exportSeed(bench.tenant);
    for (const hidden of [
      secret,
      ...clients.map((item) => item['client_secret']),
      ...stored.map((item) => item['password_hash']),
    ]) {
      expect(text).not.toContain(String(hidden));
    }
  });

  it('has nothing of what is only read', async () => {
    for (const path of ['/users', '/clients', '/logs', '/keys/signing']) await bench.manage('GET', path);
    expect(bench.tenant.log.list()).toEqual([]);
  });

  it('has no query, in which there may be a token', async () => {
    await bench.ask('GET', '/api/v2/users?access_token=abc');
    await bench.manage('GET', '/users?access_token=abc');
    expect(JSON.stringify(bench.tenant.log.list())).not.toContain('abc');
  });

  it.each([
    ['no token', undefined, 'Missing authentication'],
    ['no good token', 'Bearer x', 'Invalid token'],
  ])('says how to get a token to who has %s', async (_what, authorization, message) => {
    await bench.ask(
      'POST',
      '/api/v2/roles',
      authorization === undefined ? {} : { headers: { authorization } },
    );
    expect(bench.lastLog()).toMatchObject({
      type: 'fapi',
      description: `POST /api/v2/roles: ${message}`,
      fix: `auth0 test token --identifier ${audience}`,
    });
    expect(bench.lastLog()).not.toHaveProperty('client_id');
  });

  it('says which grant is missing', async () => {
    await bench.manage('GET', '/roles', { scope: 'read:users' });
    expect(bench.lastLog()).toMatchObject({
      type: 'fapi',
      description: 'GET /api/v2/roles: Insufficient scope, expected any of: read:roles',
      client_id: machine,
      fix: `auth0 client-grants create --client-id ${machine} --audience ${audience} --allow-all-scopes`,
    });
  });

  it('says which scope to add to a grant, and then to get another token', async () => {
    const { id } = createClientGrant(bench.tenant, { client_id: machine, audience, scope: ['read:users'] });
    await bench.manage('PATCH', '/clients/x', { scope: 'read:users', body: {} });
    expect(bench.lastLog()?.fix).toBe(`auth0 client-grants update ${id} --scopes read:users,update:clients`);
    updateClientGrant(bench.tenant, id, { scope: ['read:users', 'update:clients'] });
    await bench.manage('PATCH', '/clients/x', { scope: 'read:users', body: {} });
    expect(bench.lastLog()?.fix).toBe(`auth0 test token ${machine} --identifier ${audience}`);
    updateClientGrant(bench.tenant, id, { allow_all_scopes: true });
    await bench.manage('GET', '/roles', { scope: 'read:users' });
    expect(bench.lastLog()?.fix).toBe(`auth0 test token ${machine} --identifier ${audience}`);
  });

  it('makes a request pass that it has explained', async () => {
    const token = async (): Promise<string> => {
      const { body } = await bench.ask<Item>('POST', '/oauth/token', {
        body: { ...applications.machine, grant_type: 'client_credentials', audience },
      });
      return String(body['access_token']);
    };
    const { id } = createClientGrant(bench.tenant, { client_id: machine, audience, scope: ['read:users'] });
    const ask = async () =>
      bench.ask('GET', '/api/v2/roles', { headers: { authorization: `Bearer ${await token()}` } });
    expect((await ask()).status).toBe(403);
    const [, scopes = ''] = /--scopes (\S+)$/.exec(bench.lastLog()?.fix ?? '') ?? [];
    updateClientGrant(bench.tenant, id, { scope: scopes.split(',') });
    expect((await ask()).status).toBe(200);
  });

  it('has no command where none helps', async () => {
    for (const [method, path, body] of [
      ['GET', '/clients/x', undefined],
      ['POST', '/roles', {}],
      ['POST', '/roles', '{'],
      ['GET', '/nothing', undefined],
      ['GET', '/users?x=1', undefined],
      ['GET', '/roles/%zz', undefined],
    ] as const) {
      const headers = body === '{' ? { 'content-type': 'application/json' } : {};
      const { status } = await bench.manage(method, path, { body, headers });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(bench.lastLog()?.type).toBe('fapi');
      expect(bench.lastLog()).not.toHaveProperty('fix');
    }
  });

  it('names the user in whose name somebody called', async () => {
    const token = await bench.createToken({
      sub: users.admin.user_id,
      azp: undefined,
      client_id: 'web-client',
    });
    await bench.ask('DELETE', '/api/v2/clients/x', { headers: { authorization: `Bearer ${token}` } });
    expect(bench.lastLog()).toMatchObject({
      type: 'sapi',
      client_id: 'web-client',
      user_id: users.admin.user_id,
    });
  });

  it('promises no user what only an application can be granted', async () => {
    const token = await bench.createToken({ sub: users.plain.user_id, scope: 'read:users' });
    await bench.ask('GET', '/api/v2/roles', { headers: { authorization: `Bearer ${token}` } });
    expect(bench.lastLog()).toMatchObject({ type: 'fapi', user_id: users.plain.user_id });
    expect(bench.lastLog()).not.toHaveProperty('fix');
  });

  it('has refusals of pages of other origins, in one line however the path is made', async () => {
    await bench.manage('GET', '/roles/a%0d%0ab', { headers: { origin: 'https://evil.example' } });
    expect(bench.lastLog()).toMatchObject({ type: 'fapi' });
    expect(bench.lastLog()?.description).not.toMatch(/[\r\n]/);
  });
});
