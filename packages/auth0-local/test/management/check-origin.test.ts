import { beforeAll, describe, expect, it } from 'vitest';
import { openManagementBench, refusal, type ManagementBench } from './support/management-bench.js';

describe('checkOrigin', () => {
  let bench: ManagementBench;

  beforeAll(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  const foreign = [
    'https://evil.example',
    'null',
    'http://localhost:3000',
    'http://127.0.0.1',
    '',
    'https://localhost:4443.evil.example',
  ];

  it.each(foreign)('refuses a page of %j, whatever token it has', async (origin) => {
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      const answer = await bench.manage(method, '/roles', { headers: { origin } });
      expect(answer.status).toBe(403);
      expect(answer.body).toEqual(
        refusal(
          403,
          'Pages of other origins cannot use the Management API. Call it from a server or a terminal.',
          'origin_not_allowed',
        ),
      );
    }
    expect(bench.tenant.store.roles.count()).toBe(1);
  });

  it('lets no page of another origin read anything, and answers no preflight', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
      {},
    ]) {
      for (const method of ['GET', 'OPTIONS', 'POST']) {
        const answer = await bench.ask(method, '/api/v2/clients', { headers });
        expect([401, 403, 404]).toContain(answer.status);
        const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control'));
        expect(names).toEqual([]);
      }
    }
  });

  it('lets the tenant’s own pages in', async () => {
    for (const origin of [bench.site.url, new URL(bench.site.issuer).origin]) {
      expect((await bench.manage('GET', '/roles', { headers: { origin } })).status).toBe(200);
    }
  });
});
