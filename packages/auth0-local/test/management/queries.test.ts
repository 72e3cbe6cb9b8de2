import { beforeAll, describe, expect, it } from 'vitest';
import {
  invalidQuery,
  openManagementBench,
  type Item,
  type ManagementBench,
} from './support/management-bench.js';

/** Every list, under the name it has with totals. */
const lists: readonly (readonly [path: string, name: string])[] = [
  ['/resource-servers', 'resource_servers'],
  ['/clients', 'clients'],
  ['/client-grants', 'client_grants'],
  ['/users', 'users'],
  ['/users/auth0%7Cadmin/roles', 'roles'],
  ['/users/auth0%7Cadmin/permissions', 'permissions'],
  ['/roles', 'roles'],
  ['/roles/:id/permissions', 'permissions'],
  ['/roles/:id/users', 'users'],
  ['/connections', 'connections'],
  ['/logs', 'logs'],
];

const others = [
  '/resource-servers/x',
  '/clients/x',
  '/clients/x/credentials',
  '/client-grants/x',
  '/users/x',
  '/roles/x',
  '/keys/signing',
  '/logs/x',
  '/tenants/settings',
  '/connections/x',
];

describe('queries', () => {
  let bench: ManagementBench;
  let role = '';

  beforeAll(async () => {
    bench = await openManagementBench();
    role = bench.tenant.store.roles.list()[0]?.id ?? '';
    await bench.manage('POST', '/resource-servers', { body: { identifier: 'urn:a' } });
    return () => bench.close();
  });

  const get = <Body = Item>(path: string, query: string) =>
    bench.manage<Body>('GET', `${path.replace(':id', role)}?${query}`);

  it.each(lists)('%s has pages', async (path, name) => {
    const { body: all } = await get<Item[]>(path, '');
    expect(all.length).toBeGreaterThan(0);
    const { body: totals } = await get(path, 'include_totals=true');
    expect(totals).toMatchObject({
      start: 0,
      limit: 50,
      total: expect.any(Number),
      [name]: expect.any(Array),
    });
    expect((await get<Item[]>(path, 'per_page=1&page=0')).body).toHaveLength(1);
    expect((await get(path, 'per_page=100&page=1')).body).toEqual([]);
    expect((await get(path, 'per_page=0')).body).toEqual([]);
    const none = await get(path, 'per_page=0&page=3&include_totals=true');
    expect(none.body).toMatchObject({ start: 0, limit: 0, [name]: [] });
    expect((await get<Item[]>(path, 'include_totals=false')).body).toBeInstanceOf(Array);
  });

  it.each(lists)('%s is the same page by page', async (path, name) => {
    const { body: all } = await get<Item[]>(path, 'per_page=100');
    const pages = await Promise.all(
      all.map(async (_item, page) => (await get(path, `per_page=1&page=${page}&include_totals=true`)).body),
    );
    expect(pages.flatMap((page) => page[name])).toEqual(all);
    expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([all.length]));
    const far = 'page=999999999999999&per_page=100';
    expect((await get(path, far)).body).toEqual(path === '/users' ? expect.anything() : []);
  });

  it.each(lists)('%s refuses a page that is none', async (path) => {
    for (const [query, problem] of [
      ['per_page=101', "'Value 101 is greater than maximum 100' on property per_page."],
      ['per_page=-1', "'Value -1 is less than minimum 0' on property per_page."],
      ['page=-1', "'Value -1 is less than minimum 0' on property page."],
      ['page=x', "'Expected type integer but found type string' on property page."],
      ['page=1.5', "'Expected type integer but found type string' on property page."],
      ['per_page=1e1', "'Expected type integer but found type string' on property per_page."],
      ['page=', "'Expected type integer but found type string' on property page."],
      ['page=1&page=2', "'Expected type string but found type array' on property page."],
      ['page=99999999999999999999', "'Expected type integer but found type string' on property page."],
      ['include_totals=1', "'Expected type boolean but found type string' on property include_totals."],
    ] as const) {
      const answer = await get(path, query);
      expect([query, answer.status, answer.body]).toEqual([query, 400, invalidQuery(problem)]);
    }
  });

  it.each([...lists.map(([path]) => path), ...others])('%s refuses what it does not know', async (path) => {
    for (const name of ['x', 'perPage', 'constructor', '__proto__', 'hasOwnProperty', 'page[]']) {
      const answer = await get(path, `${encodeURIComponent(name)}=1`);
      expect([answer.status, answer.body]).toEqual([
        400,
        invalidQuery(`'Additional properties not allowed: ${name}'.`),
      ]);
    }
  });

  it.each([
    ['/client-grants', 'take=0', "'Value 0 is less than minimum 1' on property take."],
    ['/client-grants', 'take=101', "'Value 101 is greater than maximum 100' on property take."],
    ['/client-grants', 'subject_type=x', "'No enum match for: x' on property subject_type."],
    ['/roles/:id/users', 'from=x', "'No checkpoint of this list' on property from."],
    ['/users', 'search_engine=v4', "'No enum match for: v4' on property search_engine."],
    ['/users', 'sort=email', "'Expected field:1 or field:-1' on property sort."],
    ['/users', 'fields=a;b', "'Expected names with commas between them' on property fields."],
    ['/clients', 'fields=,', "'Expected names with commas between them' on property fields."],
    [
      '/clients',
      'app_type=x',
      "'Expected types of applications with commas between them' on property app_type.",
    ],
    [
      '/clients',
      'is_first_party=yes',
      "'Expected type boolean but found type string' on property is_first_party.",
    ],
    [
      '/resource-servers',
      Array.from({ length: 11 }, () => 'identifiers=a').join('&'),
      "'Array is too long (11), maximum 10' on property identifiers.",
    ],
  ])('%s refuses %s', async (path, query, problem) => {
    expect((await get(path, query)).body).toEqual(invalidQuery(problem));
  });

  it('are of no effect on what changes something', async () => {
    const answer = await bench.manage('POST', '/roles?dry_run=true', { body: { name: 'x' } });
    expect(answer.body).toEqual(invalidQuery("'Additional properties not allowed: dry_run'."));
    expect(bench.tenant.store.roles.count()).toBe(1);
  });
});
