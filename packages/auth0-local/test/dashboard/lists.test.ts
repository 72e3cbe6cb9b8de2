import { beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../src/tenant/apis.js';
import { getApplication } from '../../src/tenant/applications.js';
import { getUser } from '../../src/tenant/users.js';
import { users } from '../support/trial-tenant.js';
import { openPage, type PageBench } from './support/open-page.js';

interface Page {
  readonly start: number;
  readonly total: number;
  readonly [name: string]: unknown;
}

describe('a large tenant in the Dashboard', () => {
  let page: PageBench;

  beforeAll(async () => {
    page = await openPage();
    const { tenant } = page;
    const { store } = tenant;
    const user = getUser(tenant, users.plain.user_id);
    const application = getApplication(tenant, 'web-client');
    // Without hashing ten thousand passwords.
    store.transaction(() => {
      for (let index = 0; index < 1000; index++) {
        createApi(tenant, { identifier: `urn:api:${index}` });
        store.applications.put(`client-${index}`, { ...application, client_id: `client-${index}` });
      }
      for (let index = 0; index < 10_000; index++) {
        const id = `auth0|${index}`;
        store.users.put(id, { ...user, user_id: id, email: `user-${index}@example.com` });
      }
    });
    return () => page.close();
  });

  const list = async (path: string) => page.askAsPage<Page>('GET', `/v2${path}`);

  it.each([
    ['/resource-servers', 'resource_servers', 'identifier', 1002],
    ['/clients', 'clients', 'client_id', 1004],
    ['/users', 'users', 'user_id', 10_002],
  ])('%s is listed to its end', async (path, name, key, total) => {
    const lastPage = Math.floor((total - 1) / 100);
    const { body } = await list(`${path}?per_page=100&page=${lastPage}&include_totals=true`);
    expect(body).toMatchObject({ start: lastPage * 100, total });
    const items = body[name] as Record<string, string>[];
    expect(items).toHaveLength(total - lastPage * 100);
    expect(items.at(-1)?.[key]).toMatch(/999$/);
  });

  it('is searched to its end', async () => {
    const { body } = await list('/users?per_page=50&page=20&include_totals=true&q=user-9');
    expect(body).toMatchObject({ start: 1000, total: 1111 });
    expect(body['users']).toHaveLength(50);
  });
});
