import { beforeEach, describe, expect, it } from 'vitest';
import { managementScopes } from '../../src/tenant/management-api.js';
import { applications, users } from '../support/trial-tenant.js';
import {
  invalidBody,
  openManagementBench,
  refusal,
  type Item,
  type ManagementBench,
} from './support/management-bench.js';

const missing = refusal(404, 'The client does not exist', 'inexistent_client');
const refreshToken = {
  rotation_type: 'non-rotating',
  expiration_type: 'non-expiring',
  leeway: 0,
  token_lifetime: 2_592_000,
  idle_token_lifetime: 1_296_000,
  infinite_token_lifetime: true,
  infinite_idle_token_lifetime: true,
};

describe('/clients', () => {
  let bench: ManagementBench;

  beforeEach(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  const manage: ManagementBench['manage'] = (...request) => bench.manage(...request);
  const create = (body: object, scope?: string) =>
    manage('POST', '/clients', { body, ...(scope !== undefined && { scope }) });

  it('creates an application of nothing but a name with the defaults of the real tenant', async () => {
    const { status, body } = await create({ name: 'App' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'App',
      client_id: expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string,
      client_secret: expect.stringMatching(/^[\w-]{64}$/) as string,
      grant_types: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
      is_first_party: true,
      oidc_conformant: false,
      is_token_endpoint_ip_header_trusted: false,
      sso_disabled: false,
      cross_origin_auth: false,
      custom_login_page_on: true,
      jwt_configuration: { lifetime_in_seconds: 36_000, secret_encoded: false },
      refresh_token: refreshToken,
    });
    for (const hidden of ['credentials', 'disabled_credentials']) expect(body).not.toHaveProperty(hidden);
    expect((await manage('GET', `/clients/${String(body['client_id'])}`)).body).toEqual(body);
  });

  it.each([
    ['an API', { app_type: 'resource_server', resource_server_identifier: 'urn:a' }, [], true],
    [
      'a page',
      { app_type: 'spa', token_endpoint_auth_method: 'none' },
      ['authorization_code', 'implicit', 'refresh_token'],
      false,
    ],
    ['what it says', { grant_types: ['password'], oidc_conformant: true }, ['password'], true],
    ['what it says, if nothing', { grant_types: [] }, [], false],
  ])('gives %s the grant types it is for', async (_what, given, grantTypes, isConformant) => {
    const { body } = await create({ name: 'App', ...given });
    expect(body).toMatchObject({ ...given, grant_types: grantTypes, oidc_conformant: isConformant });
  });

  it('lets no application without a secret have client credentials', async () => {
    const wrong = { token_endpoint_auth_method: 'none', grant_types: ['client_credentials'] };
    const message = 'Invalid grant types: client_credentials';
    expect(await create({ name: 'App', ...wrong })).toMatchObject({
      status: 400,
      body: refusal(400, message, 'invalid_body'),
    });
    const changed = await manage('PATCH', '/clients/machine-client', {
      body: { token_endpoint_auth_method: 'none' },
    });
    expect(changed.body).toEqual(refusal(400, message, 'invalid_body'));
    expect((await manage('GET', '/clients/machine-client')).body['token_endpoint_auth_method']).toBe(
      'client_secret_post',
    );
  });

  it('changes an application: metadata is merged, a refresh token policy too', async () => {
    const path = '/clients/web-client';
    await manage('PATCH', path, { body: { client_metadata: { a: '1', b: '2' } } });
    const { status, body } = await manage('PATCH', path, {
      body: {
        name: 'New name',
        description: 'x',
        callbacks: ['https://a.example/cb'],
        client_metadata: { a: null, c: '3' },
        refresh_token: { rotation_type: 'rotating', leeway: 5 },
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'New name',
      description: 'x',
      callbacks: ['https://a.example/cb'],
      allowed_logout_urls: ['http://localhost:3000/'],
      refresh_token: { ...refreshToken, rotation_type: 'rotating', leeway: 5 },
    });
    expect(body['client_metadata']).toEqual({ b: '2', c: '3' });
    expect((await manage('GET', path)).body).toEqual(body);
  });

  it('does not change what an application is known by', async () => {
    for (const member of ['client_id', 'global', 'resource_server_identifier']) {
      const answer = await manage('PATCH', '/clients/web-client', { body: { [member]: 'x' } });
      expect(answer.body).toEqual(invalidBody(`'Additional properties not allowed: ${member}'.`));
    }
  });

  it('gives an application a new secret, which is shown to who made it', async () => {
    const answer = await manage('POST', '/clients/machine-client/rotate-secret', {
      scope: 'update:client_keys',
    });
    expect(answer.status).toBe(200);
    const { client_secret: secret } = answer.body;
    expect(secret).not.toBe(applications.machine.client_secret);
    expect((await manage('GET', '/clients/machine-client')).body['client_secret']).toBe(secret);
    const token = (client_secret: unknown) =>
      bench.ask('POST', '/oauth/token', {
        body: {
          ...applications.machine,
          client_secret,
          grant_type: 'client_credentials',
          audience: 'https://my-express-api.example.com',
        },
      });
    expect((await token(applications.machine.client_secret)).status).toBe(401);
    expect((await token(secret)).status).toBe(200);
  });

  it('deletes an application with its grants, once or twice', async () => {
    for (const attempt of [1, 2]) {
      expect([attempt, (await manage('DELETE', '/clients/machine-client')).status]).toEqual([attempt, 204]);
    }
    expect(bench.tenant.store.clientGrants.count()).toBe(0);
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['POST', '/rotate-secret'],
      ['GET', '/credentials'],
      ['POST', '/credentials'],
    ] as const) {
      const answer = await manage(
        method,
        `/clients/machine-client${path}`,
        method === 'GET' ? {} : { body: {} },
      );
      expect([answer.status, answer.body]).toEqual([404, missing]);
    }
  });

  it.each([
    ['read:clients', false, true],
    ['read:client_keys', true, true],
    ['read:client_credentials', true, false],
    ['read:client_summary', false, false],
    ['read:clients read:client_keys', true, true],
  ])('shows to %s the secret: %s, and the rest: %s', async (scope, hasSecret, hasRest) => {
    const { body: one } = await manage('GET', '/clients/web-client', { scope });
    const { body: all } = await manage<Item[]>('GET', '/clients', { scope });
    for (const client of [one, ...all]) {
      expect(Object.hasOwn(client, 'client_secret')).toBe(hasSecret);
      expect(Object.hasOwn(client, 'grant_types')).toBe(hasRest);
      expect(client).toMatchObject({ name: expect.any(String), client_id: expect.any(String) });
    }
    const refused = await manage('GET', '/clients/web-client?fields=client_secret,name', { scope });
    if (hasSecret) expect(Object.keys(refused.body).toSorted()).toEqual(['client_secret', 'name']);
    else
      expect([refused.status, refused.body]).toEqual([
        403,
        refusal(403, 'You cannot read the following fields: client_secret', 'insufficient_scope'),
      ]);
  });

  it('shows a writer no secret that it could not read', async () => {
    const created = await create({ name: 'App' }, 'create:clients');
    expect(created.body).toMatchObject({ name: 'App', grant_types: expect.any(Array) });
    expect(created.body).not.toHaveProperty('client_secret');
    const changed = await manage('PATCH', '/clients/web-client', {
      body: { name: 'New' },
      scope: 'update:clients',
    });
    expect(changed.body).toMatchObject({ name: 'New', grant_types: expect.any(Array) });
    expect(changed.body).not.toHaveProperty('client_secret');
  });

  it.each([
    ['update:clients', { client_secret: 'x' }, 'update', 'client_secret'],
    ['update:client_keys', { client_secret: 'x', name: 'y' }, 'update', 'name'],
    [
      'update:clients update:client_keys',
      { client_authentication_methods: null },
      'update',
      'client_authentication_methods',
    ],
    [
      'create:clients',
      { name: 'x', client_authentication_methods: { private_key_jwt: { credentials: [] } } },
      'create',
      'client_authentication_methods',
    ],
  ])('lets %s not write %j', async (scope, body, verb, field) => {
    const answer =
      verb === 'update'
        ? await manage('PATCH', '/clients/web-client', { body, scope })
        : await create(body, scope);
    expect([answer.status, answer.body]).toEqual([
      403,
      refusal(403, `You cannot ${verb} the following fields: ${field}`, 'insufficient_scope'),
    ]);
  });

  it('takes a secret from who may set it', async () => {
    const secret = 'a secret of my own';
    const changed = await manage('PATCH', '/clients/web-client', {
      body: { client_secret: secret },
      scope: 'update:client_keys',
    });
    expect(changed.status).toBe(200);
    expect((await manage('GET', '/clients/web-client')).body['client_secret']).toBe(secret);
    expect((await create({ name: 'App', client_secret: secret })).body['client_secret']).toBe(secret);
  });

  it.each([
    ['is_first_party=true', ['Machine', 'Stranger', 'Web', 'Single page']],
    ['is_first_party=false', []],
    ['is_global=true', []],
    ['is_global=false&app_type=spa', ['Single page']],
    ['app_type=spa,regular_web', ['Web', 'Single page']],
    ['external_client_id=https://a.example', []],
  ])('lists those that %s fits', async (query, names) => {
    const { body } = await manage<Item[]>('GET', `/clients?${query}`);
    expect(body.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['fields=client_id,name', ['client_id', 'name']],
    ['fields=client_id,name&include_fields=true', ['client_id', 'name']],
    ['fields=jwt_configuration.alg', ['jwt_configuration']],
    ['fields=nothing', []],
  ])('shows of each only %s', async (query, names) => {
    const { body: all } = await manage<Item[]>('GET', `/clients?${query}`);
    const { body: one } = await manage('GET', `/clients/web-client?${query}`);
    for (const client of [...all, one]) expect(Object.keys(client).toSorted()).toEqual(names);
  });

  it('leaves out what is not wanted', async () => {
    const { body: whole } = await manage('GET', '/clients/web-client');
    const query = 'fields=client_secret,jwt_configuration.alg&include_fields=false';
    const { client_secret, ...rest } = whole;
    const { alg, ...jwt } = whole['jwt_configuration'] as Item;
    expect((await manage('GET', `/clients/web-client?${query}`)).body).toEqual({
      ...rest,
      jwt_configuration: jwt,
    });
    expect((await manage('GET', '/clients/web-client?fields=')).body).toEqual(whole);
    expect((await manage('GET', '/clients/web-client?include_fields=false')).body).toEqual(whole);
  });

  it('never shows a password or a key to anybody', async () => {
    const scope = managementScopes.join(' ');
    for (const path of ['/users', `/users/${users.plain.user_id}`, '/keys/signing', '/clients']) {
      const text = JSON.stringify((await manage('GET', path, { scope })).body);
      expect(text).not.toMatch(/scrypt|PRIVATE KEY|password_hash|private_pem|cookie_secret/);
    }
  });
});
