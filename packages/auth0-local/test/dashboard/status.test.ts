import { describe, expect, it, onTestFinished } from 'vitest';
import { createFetchWithCa } from '../support/fetch-with-ca.js';
import { startTrialTenant } from '../support/trial-tenant.js';
import { ownPage } from './support/start-session.js';

interface Status {
  readonly domain: string;
  readonly issuer: string;
}

describe('what the Dashboard says of the tenant', () => {
  /** What a page says that is at an address of a tenant. */
  async function readStatus(ca: string, url: string): Promise<Status> {
    const send = url.startsWith('https:') ? createFetchWithCa(ca) : fetch;
    const session = await send(`${url}/dashboard/session`, {
      method: 'POST',
      headers: ownPage,
    });
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const response = await send(`${url}/dashboard/api/status`, { headers: { cookie, ...ownPage } });
    return (await response.json()) as Status;
  }

  it.each(['http', 'https'] as const)(
    'is the domain of the address that the page is at: %s',
    async (scheme) => {
      const { tenant } = await startTrialTenant();
      onTestFinished(() => tenant.close());
      const url = tenant.urls[scheme];
      expect(await readStatus(tenant.ca, url)).toMatchObject({ domain: url, issuer: `${url}/` });
    },
  );

  it('is the domain of the issuer that the tenant was given, at both addresses', async () => {
    const { tenant } = await startTrialTenant({ issuer: 'https://tenant.test:4443' });
    onTestFinished(() => tenant.close());
    for (const url of Object.values(tenant.urls)) {
      const named = { domain: 'https://tenant.test:4443', issuer: 'https://tenant.test:4443/' };
      expect(await readStatus(tenant.ca, url)).toMatchObject(named);
    }
  });
});
