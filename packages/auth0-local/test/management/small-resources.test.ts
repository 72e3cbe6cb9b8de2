import { beforeEach, describe, expect, it } from 'vitest';
import { audience } from '../support/trial-tenant.js';
import { openManagementBench, refusal, type Item, type ManagementBench } from './support/management-bench.js';

let bench: ManagementBench;

beforeEach(async () => {
  bench = await openManagementBench();
  return () => bench.close();
});

describe('/connections', () => {
  const name = 'Username-Password-Authentication';

  it.each([
    ['', 1],
    [`name=${name}`, 1],
    ['name=x', 0],
    ['strategy=auth0', 1],
    ['strategy=google-oauth2&strategy=auth0', 1],
    ['strategy=google-oauth2', 0],
    [`name=${name}&strategy=auth0&fields=name`, 1],
  ])('lists the one database if %s fits it', async (query, count) => {
    expect((await bench.manage('GET', `/connections?${query}`)).body).toHaveLength(count);
    const part = await bench.manage('GET', `/connections?${query}&take=10`);
    expect(part.body).toMatchObject({ connections: { length: count } });
    expect(part.body).not.toHaveProperty('next');
  });

  it('finds it by its id', async () => {
    const [connection] = (await bench.manage<Item[]>('GET', '/connections')).body;
    expect(connection).toEqual({
      id: expect.stringMatching(/^con_\w{16}$/) as string,
      name,
      strategy: 'auth0',
      options: {},
      realms: [name],
      is_domain_connection: false,
    });
    expect((await bench.manage('GET', `/connections/${String(connection?.['id'])}`)).body).toEqual(
      connection,
    );
    expect((await bench.manage('GET', '/connections/x')).body).toEqual(
      refusal(404, 'The connection does not exist', 'inexistent_connection'),
    );
  });
});

describe('/logs', () => {
  const token = (secret: string) =>
    bench.ask('POST', '/oauth/token', {
      body: {
        grant_type: 'client_credentials',
        client_id: 'machine-client',
        client_secret: secret,
        audience,
      },
    });

  it('lists events, newest first, in pages', async () => {
    await token('wrong');
    await token('machine-secret');
    const { body } = await bench.manage<Item[]>('GET', '/logs');
    expect(body.map(({ type }) => type)).toEqual(['seccft', 'feccft']);
    const second = await bench.manage('GET', '/logs?per_page=1&page=1&include_totals=true&fields=type');
    expect(second.body).toEqual({ start: 1, limit: 1, length: 1, total: 2, logs: [{ type: 'feccft' }] });
  });

  it('searches and sorts', async () => {
    await token('wrong');
    bench.advance(1000);
    await token('machine-secret');
    const types = async (query: string): Promise<unknown[]> =>
      (await bench.manage<Item[]>('GET', `/logs?${query}`)).body.map(({ type }) => type);
    expect(await types('q=type:f*')).toEqual(['feccft']);
    expect(await types('search=type:seccft')).toEqual(['seccft']);
    expect(await types('q=machine-client')).toHaveLength(2);
    expect(await types('sort=date:1')).toEqual(['feccft', 'seccft']);
    expect(await types('sort=date:-1')).toEqual(['seccft', 'feccft']);
  });

  it('finds an event by its id', async () => {
    await token('wrong');
    const [entry] = (await bench.manage<Item[]>('GET', '/logs')).body;
    expect(entry?.['_id']).toBe(entry?.['log_id']);
    expect((await bench.manage('GET', `/logs/${String(entry?.['log_id'])}`)).body).toEqual(entry);
    expect((await bench.manage('GET', '/logs/x')).body).toEqual(
      refusal(404, 'The log event does not exist', 'inexistent_log'),
    );
  });
});

describe('/tenants/settings', () => {
  it('has what a client looks for, and nothing secret', async () => {
    const { body } = await bench.manage('GET', '/tenants/settings');
    expect(body).toEqual({
      friendly_name: 'Local tenant',
      default_directory: 'Username-Password-Authentication',
      enabled_locales: ['en'],
    });
    const some = await bench.manage('GET', '/tenants/settings?fields=friendly_name');
    expect(some.body).toEqual({ friendly_name: 'Local tenant' });
  });
});
