import { beforeEach, describe, expect, it } from 'vitest';
import { users } from '../support/trial-tenant.js';
import {
  invalidBody,
  openManagementBench,
  refusal,
  type Item,
  type ManagementBench,
} from './support/management-bench.js';

const missing = refusal(404, 'The user does not exist.', 'inexistent_user');
const connection = 'Username-Password-Authentication';
const jane = { connection, email: 'Jane@Example.com', password: 'a good password' };
const plainPath = `/users/${encodeURIComponent(users.plain.user_id)}`;

describe('/users', () => {
  let bench: ManagementBench;

  beforeEach(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  const manage: ManagementBench['manage'] = (...request) => bench.manage(...request);
  const create = (body: object) => manage('POST', '/users', { body });
  const change = (body: object) => manage('PATCH', plainPath, { body });
  const login = async (username: string, password: string): Promise<number> => {
    const { status } = await bench.ask('POST', '/oauth/token', {
      body: {
        grant_type: 'password',
        client_id: 'web-client',
        client_secret: 'web-secret',
        username,
        password,
      },
    });
    return status;
  };

  it('creates a user, whose password is not shown', async () => {
    const { status, body } = await create(jane);
    expect(status).toBe(201);
    expect(body).toEqual({
      user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/) as string,
      email: 'jane@example.com',
      email_verified: false,
      name: 'jane@example.com',
      nickname: 'jane',
      picture: expect.stringMatching(/^data:image/) as string,
      identities: [
        {
          connection,
          user_id: String(body['user_id']).slice('auth0|'.length),
          provider: 'auth0',
          isSocial: false,
        },
      ],
      created_at: '2026-11-25T12:00:00.000Z',
      updated_at: '2026-11-25T12:00:00.000Z',
    });
    const path = `/users/${encodeURIComponent(String(body['user_id']))}`;
    expect((await manage('GET', path)).body).toEqual(body);
    expect(await login('jane@example.com', jane.password)).toBe(200);
  });

  it('creates a user with an id of its own, and whatever a user has', async () => {
    const given = {
      username: 'jane',
      email_verified: true,
      name: 'Jane Doe',
      given_name: 'Jane',
      family_name: 'Doe',
      nickname: 'JD',
      picture: 'https://example.com/jane.png',
      blocked: false,
      user_metadata: { colour: 'blue' },
      app_metadata: { plan: { name: 'gold' } },
    };
    const { body } = await create({ ...jane, ...given, user_id: 'my-own', verify_email: false });
    expect(body).toMatchObject({ ...given, user_id: 'auth0|my-own' });
    expect(body).not.toHaveProperty('verify_email');
  });

  it.each([
    [{ ...jane, email: users.plain.email.toUpperCase() }, 409, 'The user already exists.', 'auth0_idp_error'],
    [{ ...jane, user_id: 'plain' }, 409, 'The user already exists.', 'auth0_idp_error'],
    [{ ...jane, connection: 'x' }, 400, 'The connection does not exist.', 'inexistent_connection'],
  ])('creates nobody for %j', async (body, status, message, errorCode) => {
    expect(await create(body)).toMatchObject({ status, body: refusal(status, message, errorCode) });
    expect(bench.tenant.store.users.count()).toBe(2);
  });

  it('merges metadata at its first level, drops members that are null, and empties app_metadata', async () => {
    await change({ user_metadata: { a: 1, b: { c: 2, d: 3 } }, app_metadata: { plan: 'gold', seats: 5 } });
    const merged = await change({ user_metadata: { a: null, b: { c: 4 } }, app_metadata: { seats: null } });
    expect(merged).toMatchObject({ status: 200 });
    expect(merged.body).toMatchObject({ user_metadata: { b: { c: 4 } }, app_metadata: { plan: 'gold' } });
    expect(merged.body['user_metadata']).toEqual({ b: { c: 4 } });
    const emptied = await change({ app_metadata: {}, user_metadata: {} });
    expect(emptied.body).not.toHaveProperty('app_metadata');
    expect(emptied.body['user_metadata']).toEqual({ b: { c: 4 } });
    expect((await change({ user_metadata: null })).body).not.toHaveProperty('user_metadata');
  });

  it('changes a password and an email, each alone', async () => {
    expect((await change({ password: 'another password' })).status).toBe(200);
    expect(await login(users.plain.email, users.plain.password)).toBe(403);
    expect(await login(users.plain.email, 'another password')).toBe(200);
    bench.advance(5000);
    const { body } = await change({ email: 'New@Example.com', name: 'New' });
    expect(body).toMatchObject({
      email: 'new@example.com',
      name: 'New',
      updated_at: '2026-11-25T12:00:05.000Z',
    });
    expect(await login('new@example.com', 'another password')).toBe(200);
  });

  it.each([
    ['password', 'email'],
    ['password', 'email_verified'],
    ['username', 'email'],
    ['username', 'email_verified'],
    ['username', 'password'],
  ])('changes not %s and %s at once', async (one, other) => {
    const values: Item = { password: 'abc', email: 'x@example.com', email_verified: true, username: 'x' };
    const answer = await change({ [one]: values[one], [other]: values[other] });
    expect(answer.body).toEqual(
      refusal(400, `Cannot update ${one} and ${other} simultaneously`, 'invalid_body'),
    );
    expect((await manage('GET', plainPath)).body['email']).toBe(users.plain.email);
  });

  it('gives nobody the email of somebody else', async () => {
    const answer = await change({ email: users.admin.email });
    expect([answer.status, answer.body]).toEqual([
      409,
      refusal(409, 'The specified new email already exists', 'auth0_idp_error'),
    ]);
    expect((await change({ email: users.plain.email.toUpperCase() })).status).toBe(200);
  });

  it('lets a token for metadata change nothing else', async () => {
    const scope = 'update:users_app_metadata';
    const body = { app_metadata: { plan: 'gold' } };
    expect((await manage('PATCH', plainPath, { body, scope })).status).toBe(200);
    const refused = await manage('PATCH', plainPath, { body: { ...body, name: 'x', blocked: true }, scope });
    expect(refused.body).toEqual(
      refusal(403, 'You cannot update the following fields: name, blocked', 'insufficient_scope'),
    );
  });

  it('deletes a user with its roles and permissions, once or twice', async () => {
    const path = `/users/${encodeURIComponent(users.admin.user_id)}`;
    for (const attempt of [1, 2]) {
      expect([attempt, (await manage('DELETE', path)).status]).toEqual([attempt, 204]);
    }
    expect(bench.tenant.store.userRoles.count()).toBe(0);
    expect(await login(users.admin.email, users.admin.password)).toBe(403);
    const roles = { roles: ['x'] };
    for (const [method, end, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'x' }],
      ['GET', '/roles', undefined],
      ['POST', '/roles', roles],
      ['DELETE', '/roles', roles],
      ['GET', '/permissions', undefined],
      ['POST', '/permissions', {}],
      ['DELETE', '/permissions', {}],
    ] as const) {
      const answer = await manage(method, `${path}${end}`, { body });
      expect([method, end, answer.status, answer.body]).toEqual([method, end, 404, missing]);
    }
  });

  it('finds a user by the email', async () => {
    for (const email of [users.plain.email, users.plain.email.toUpperCase()]) {
      const { status, body } = await manage<Item[]>(
        'GET',
        `/users-by-email?email=${encodeURIComponent(email)}`,
      );
      expect([status, body.map(({ user_id: id }) => id)]).toEqual([200, [users.plain.user_id]]);
    }
    expect((await manage('GET', '/users-by-email?email=nobody@example.com')).body).toEqual([]);
    expect((await manage('GET', '/users-by-email')).body).toEqual(
      refusal(400, "Query validation error: 'Missing required property: email'.", 'invalid_query_string'),
    );
    const fields = await manage('GET', '/users-by-email?email=plain@example.com&fields=email');
    expect(fields.body).toEqual([{ email: users.plain.email }]);
  });

  it.each([
    ['email:"plain@example.com"', ['plain']],
    ['email:"PLAIN@example.com"', ['plain']],
    ['email:plain*', ['plain']],
    ['email:*example.com', ['plain', 'admin']],
    ['email:"plain*"', []],
    ['plain', ['plain']],
    ['example', ['plain', 'admin']],
    ['user_id:"auth0|admin"', ['admin']],
    ['user_id:auth0|admin', ['admin']],
    ['identities.connection:"Username-Password-Authentication"', ['plain', 'admin']],
    ['app_metadata.isAdmin:true', ['admin']],
    ['_exists_:app_metadata.isAdmin', ['admin']],
    ['NOT _exists_:app_metadata.isAdmin', ['plain']],
    ['-app_metadata.isAdmin:true', ['plain']],
    ['plain OR admin', ['plain', 'admin']],
    ['plain AND admin', []],
    ['plain example', ['plain']],
    ['email:plain@example.com OR name:admin@example.com', ['plain', 'admin']],
    ['nothing:x', []],
    ['password_hash:scrypt*', []],
    ['_exists_:password_hash', []],
    ['constructor:*', []],
    ['', ['plain', 'admin']],
  ])('searches for %s', async (q, found) => {
    const { status, body } = await manage<Item[]>(
      'GET',
      `/users?q=${encodeURIComponent(q)}&search_engine=v3`,
    );
    expect(status).toBe(200);
    expect(body.map(({ user_id: id }) => id)).toEqual(found.map((name) => `auth0|${name}`));
  });

  it.each([
    '(a)',
    'a:[1 TO 2]',
    'a~',
    'a^2',
    'a?',
    '"a',
    'email:',
    'OR a',
    'a OR',
    'NOT',
    'a:>1',
    '/a/',
    'a:{x}',
  ])('does not guess what %s means', async (q) => {
    const answer = await manage('GET', `/users?q=${encodeURIComponent(q)}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errorCode: 'invalid_query_string' });
    expect(answer.body['message']).toMatch(/^Query validation error: 'The query has .+' on property q\.$/);
  });

  it('sorts, filters by connection and selects fields', async () => {
    const emails = async (query: string): Promise<unknown[]> =>
      (await manage<Item[]>('GET', `/users?fields=email&${query}`)).body.map(
        (user) => Object.values(user)[0],
      );
    expect(await emails('sort=email:1')).toEqual([users.admin.email, users.plain.email]);
    expect(await emails('sort=email:-1&primary_order=false')).toEqual([users.plain.email, users.admin.email]);
    expect(await emails('sort=nothing:1')).toEqual([users.plain.email, users.admin.email]);
    expect(await emails('connection=x')).toEqual([]);
    expect(await emails(`connection=${connection}`)).toHaveLength(2);
    const { body } = await manage('GET', `${plainPath}?fields=email,identities&include_fields=false`);
    expect(Object.keys(body)).not.toContain('email');
    expect(Object.keys(body)).toContain('user_id');
  });

  it('lists in pages, with totals in the words of the real tenant', async () => {
    const { body } = await manage('GET', '/users?include_totals=true&per_page=1&page=1&fields=email');
    expect(body).toEqual({ start: 1, limit: 1, length: 1, total: 2, users: [{ email: users.admin.email }] });
    const far = await manage('GET', '/users?per_page=100&page=10');
    expect(far.body).toEqual(
      refusal(400, 'You can only page through the first 1000 records', 'invalid_paging'),
    );
    expect((await manage('GET', '/users?per_page=100&page=9')).status).toBe(200);
  });

  it.each([
    [{ email: 'a@b.co', password: 'x' }, "'Missing required property: connection'."],
    [{ connection, password: 'x' }, "'Missing required property: email'."],
    [{ connection, email: 'a@b.co' }, "'Missing required property: password'."],
    [
      { ...jane, email: 'nobody' },
      "'Object didn't pass validation for format email: nobody' on property email.",
    ],
    [
      { ...jane, user_metadata: [] },
      "'Expected type object but found type array' on property user_metadata.",
    ],
    [{ ...jane, user_id: 'a b' }, "'Object didn't pass validation for format user-id' on property user_id."],
    [{ ...jane, password_hash: 'x' }, "'Additional properties not allowed: password_hash'."],
  ])('takes no %j', async (body, problem) => {
    const answer = await create(body);
    expect([answer.status, answer.body]).toEqual([400, invalidBody(problem)]);
  });
});
