import { beforeEach, describe, expect, it } from 'vitest';
import { audience, users } from '../support/trial-tenant.js';
import {
  invalidBody,
  openManagementBench,
  refusal,
  type Item,
  type ManagementBench,
} from './support/management-bench.js';

const plain = `/users/${encodeURIComponent(users.plain.user_id)}`;
const admin = `/users/${encodeURIComponent(users.admin.user_id)}`;
const permission = (name: string) => ({ resource_server_identifier: audience, permission_name: name });

describe('/users/:id/roles', () => {
  let bench: ManagementBench;
  let role = '';

  beforeEach(async () => {
    bench = await openManagementBench();
    role = bench.tenant.store.roles.list()[0]?.id ?? '';
    return () => bench.close();
  });

  it('gives a role, and takes it, once or twice', async () => {
    const body = { roles: [role] };
    for (const [method, names] of [
      ['POST', ['admin']],
      ['POST', ['admin']],
      ['DELETE', []],
      ['DELETE', []],
    ] as const) {
      const answer = await bench.manage(method, `${plain}/roles`, { body });
      expect([answer.status, answer.body]).toEqual([204, '']);
      const { body: roles } = await bench.manage<Item[]>('GET', `${plain}/roles`);
      expect(roles.map(({ name }) => name)).toEqual(names);
    }
  });

  it('lists roles with totals', async () => {
    const { body } = await bench.manage('GET', `${admin}/roles?include_totals=true&per_page=50`);
    const roles = [{ id: role, name: 'admin', description: 'admin', type: 'tenant' }];
    expect(body).toEqual({ roles, start: 0, limit: 50, total: 1 });
  });

  it.each([
    [{ roles: ['rol_x'] }, 404, refusal(404, 'The role does not exist.', 'inexistent_role')],
    [{ roles: [] }, 400, invalidBody("'Array is too short (0), minimum 1' on property roles.")],
    [{ roles: 'rol_x' }, 400, invalidBody("'Expected type array but found type string' on property roles.")],
    [{}, 400, invalidBody("'Missing required property: roles'.")],
    [undefined, 400, invalidBody("'Missing required property: roles'.")],
  ])('gives nothing for %j', async (body, status, expected) => {
    expect(await bench.manage('POST', `${plain}/roles`, { body })).toMatchObject({ status, body: expected });
    expect(bench.tenant.store.userRoles.count()).toBe(1);
  });

  it('gives none of several roles if one does not exist', async () => {
    await bench.manage('POST', `${plain}/roles`, { body: { roles: [role, 'rol_x'] } });
    expect(bench.tenant.store.userRoles.count()).toBe(1);
  });
});

describe('/users/:id/permissions', () => {
  let bench: ManagementBench;

  beforeEach(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  const names = async (path: string): Promise<unknown[]> =>
    (await bench.manage<Item[]>('GET', `${path}/permissions`)).body.map((item) => item['permission_name']);

  it('gives permissions, and takes them, once or twice', async () => {
    const body = { permissions: [permission('read:messages'), permission('write:messages')] };
    for (const attempt of [1, 2]) {
      const answer = await bench.manage('POST', `${plain}/permissions`, { body });
      expect([attempt, answer.status, answer.body]).toEqual([attempt, 201, {}]);
      expect(await names(plain)).toEqual(['read:messages', 'write:messages']);
    }
    for (const attempt of [1, 2]) {
      const some = { permissions: [permission('read:messages'), permission('never:given')] };
      const answer = await bench.manage('DELETE', `${plain}/permissions`, { body: some });
      expect([attempt, answer.status]).toEqual([attempt, 204]);
      expect(await names(plain)).toEqual(['write:messages']);
    }
  });

  it('lists each permission once, with all it comes from', async () => {
    await bench.manage('POST', `${admin}/permissions`, { body: { permissions: [permission('read:admin')] } });
    const role = bench.tenant.store.roles.list()[0];
    const { body } = await bench.manage('GET', `${admin}/permissions?include_totals=true`);
    expect(body).toEqual({
      start: 0,
      limit: 50,
      total: 1,
      permissions: [
        {
          permission_name: 'read:admin',
          description: '',
          resource_server_name: 'My Express API',
          resource_server_identifier: audience,
          sources: [
            { source_id: '', source_name: '', source_type: 'DIRECT' },
            { source_id: role?.id, source_name: 'admin', source_type: 'ROLE' },
          ],
        },
      ],
    });
    await bench.manage('DELETE', `${admin}/permissions`, {
      body: { permissions: [permission('read:admin')] },
    });
    const { body: left } = await bench.manage<Item[]>('GET', `${admin}/permissions`);
    expect(left).toMatchObject([{ sources: [{ source_type: 'ROLE' }] }]);
  });

  it.each([
    [
      { permissions: [{ resource_server_identifier: 'urn:x', permission_name: 'a' }] },
      refusal(400, 'Resource server with identifier "urn:x" does not exist', 'invalid_body'),
    ],
    [
      { permissions: [permission('read:messages'), permission('read:nothing')] },
      refusal(
        400,
        `Permission "read:nothing" is not defined by the resource server "${audience}"`,
        'invalid_body',
      ),
    ],
    [
      { permissions: [permission('read:messages'), { permission_name: 'a' }] },
      invalidBody("'Missing required property: resource_server_identifier' on property permissions[1]."),
    ],
    [{ permissions: [] }, invalidBody("'Array is too short (0), minimum 1' on property permissions.")],
  ])('gives nothing for %j', async (body, expected) => {
    const answer = await bench.manage('POST', `${plain}/permissions`, { body });
    expect([answer.status, answer.body]).toEqual([400, expected]);
    expect(await names(plain)).toEqual([]);
  });
});
