import { beforeEach, describe, expect, it } from 'vitest';
import { audience, users } from '../support/trial-tenant.js';
import {
  invalidBody,
  openManagementBench,
  refusal,
  type Item,
  type ManagementBench,
} from './support/management-bench.js';

const missing = refusal(404, 'The role does not exist.', 'inexistent_role');
const permission = (name: string) => ({ resource_server_identifier: audience, permission_name: name });

describe('/roles', () => {
  let bench: ManagementBench;
  let admin = '';

  beforeEach(async () => {
    bench = await openManagementBench();
    admin = `/roles/${bench.tenant.store.roles.list()[0]?.id ?? ''}`;
    return () => bench.close();
  });

  const manage: ManagementBench['manage'] = (...request) => bench.manage(...request);

  it('creates a role, with 200', async () => {
    const { status, body } = await manage('POST', '/roles', {
      body: { name: 'editor', description: 'Edits' },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^rol_\w{16}$/) as string,
      name: 'editor',
      description: 'Edits',
      type: 'tenant',
    });
    expect((await manage('GET', `/roles/${String(body['id'])}`)).body).toEqual(body);
  });

  it('changes a role', async () => {
    const changed = await manage('PATCH', admin, { body: { description: 'All' } });
    expect(changed).toMatchObject({ status: 200, body: { name: 'admin', description: 'All' } });
    expect(await manage('PATCH', admin, { body: { name: 'admin' } })).toMatchObject({ status: 200 });
    expect((await manage('PATCH', admin, { body: { name: 'boss' } })).body).toMatchObject({ name: 'boss' });
  });

  it('has each name once', async () => {
    const conflict = refusal(409, 'The role "admin" already exists.', 'role_conflict');
    expect(await manage('POST', '/roles', { body: { name: 'admin' } })).toMatchObject({
      status: 409,
      body: conflict,
    });
    const { body } = await manage('POST', '/roles', { body: { name: 'editor' } });
    const renamed = await manage('PATCH', `/roles/${String(body['id'])}`, { body: { name: 'admin' } });
    expect([renamed.status, renamed.body]).toEqual([409, conflict]);
  });

  it('deletes a role with 200 and an empty object, and once only', async () => {
    expect(await manage('DELETE', admin)).toMatchObject({ status: 200, body: {} });
    const { permissions, userRoles } = bench.tenant.store;
    expect([permissions.count(), userRoles.count()]).toEqual([0, 0]);
    for (const [method, end, body] of [
      ['DELETE', '', undefined],
      ['GET', '', undefined],
      ['PATCH', '', { name: 'x' }],
      ['GET', '/permissions', undefined],
      ['POST', '/permissions', { permissions: [permission('read:admin')] }],
      ['DELETE', '/permissions', { permissions: [permission('read:admin')] }],
      ['GET', '/users', undefined],
      ['POST', '/users', { users: [users.plain.user_id] }],
    ] as const) {
      const answer = await manage(method, `${admin}${end}`, { body });
      expect([method, end, answer.status, answer.body]).toEqual([method, end, 404, missing]);
    }
  });

  it.each([
    ['', ['admin', 'Editor', 'editor in chief']],
    ['editor', ['Editor', 'editor in chief']],
    ['CHIEF', ['editor in chief']],
    ['x', []],
  ])('lists those whose name has %j in it', async (filter, names) => {
    for (const name of ['Editor', 'editor in chief']) await manage('POST', '/roles', { body: { name } });
    const { body } = await manage<Item[]>('GET', `/roles?name_filter=${filter}`);
    expect(body.map(({ name }) => name)).toEqual(names);
  });

  it('gives permissions with 201 and an empty object, and takes them with 204', async () => {
    const list = async (): Promise<Item> =>
      (await manage('GET', `${admin}/permissions?include_totals=true`)).body;
    const body = { permissions: [permission('read:messages')] };
    const given = await manage('POST', `${admin}/permissions`, { body });
    expect([given.status, given.body]).toEqual([201, {}]);
    expect(await list()).toEqual({
      start: 0,
      limit: 50,
      total: 2,
      permissions: ['read:admin', 'read:messages'].map((name) => ({
        permission_name: name,
        description: '',
        resource_server_name: 'My Express API',
        resource_server_identifier: audience,
      })),
    });
    const taken = await manage('DELETE', `${admin}/permissions`, { body });
    expect([taken.status, taken.body]).toEqual([204, '']);
    expect(await list()).toMatchObject({ total: 1 });
  });

  it('is given to users with 200 and an empty object', async () => {
    const body = { users: [users.plain.user_id, users.admin.user_id] };
    const given = await manage('POST', `${admin}/users`, { body });
    expect([given.status, given.body]).toEqual([200, {}]);
    const { body: list } = await manage('GET', `${admin}/users?include_totals=true&per_page=1&page=1`);
    expect(list).toEqual({
      start: 1,
      limit: 1,
      total: 2,
      users: [
        {
          user_id: users.plain.user_id,
          email: users.plain.email,
          name: users.plain.email,
          picture: expect.any(String) as string,
        },
      ],
    });
  });

  it('lists its users part by part', async () => {
    await manage('POST', `${admin}/users`, { body: { users: [users.plain.user_id] } });
    const first = await manage<{ users: Item[]; next?: string }>('GET', `${admin}/users?take=1`);
    expect(first.body.users.map(({ user_id: id }) => id)).toEqual([users.admin.user_id]);
    const second = await manage<{ users: Item[] }>('GET', `${admin}/users?take=1&from=${first.body.next}`);
    expect(second.body).toEqual({ users: [expect.objectContaining({ user_id: users.plain.user_id })] });
  });

  it('is given to nobody if one of the users does not exist', async () => {
    const answer = await manage('POST', `${admin}/users`, {
      body: { users: [users.plain.user_id, 'auth0|x'] },
    });
    expect([answer.status, answer.body]).toEqual([
      404,
      refusal(404, 'One or more of the users do not exist.', 'inexistent_user'),
    ]);
    expect(bench.tenant.store.userRoles.count()).toBe(1);
  });

  it.each([
    [{}, "'Missing required property: name'."],
    [{ name: '' }, "'String is too short (0 chars), minimum 1' on property name."],
    [{ name: 'x'.repeat(51) }, "'String is too long (51 chars), maximum 50' on property name."],
    [{ name: 7 }, "'Expected type string but found type integer' on property name."],
    [{ name: 'x', type: 'tenant' }, "'Additional properties not allowed: type'."],
  ])('takes no %j', async (body, problem) => {
    expect((await manage('POST', '/roles', { body })).body).toEqual(invalidBody(problem));
  });
});
