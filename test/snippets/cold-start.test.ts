import { ApiClient } from '@auth0/auth0-api-js';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import { expect, it } from 'vitest';

it('starts cold with the keys that the one before has left', async () => {
  const issuer = await createTestIssuer();
  const { domain, audience, fetch: customFetch } = issuer;
  let text = '{}';
  const store = {
    read: async () => text,
    write: async (newer: string) => {
      text = newer;
    },
  };

  async function start(): Promise<ApiClient> {
    const keys = { cache: JSON.parse(await store.read()) };
    const client = new ApiClient({ domain, audience, customFetch, keys });
    await client.ready(); // asks the issuer only if the stored keys cannot be used
    await store.write(JSON.stringify(client.exportKeys()));
    return client;
  }

  for (let process = 0; process < 3; process++) {
    const client = await start();
    const accessToken = issuer.accessToken();
    await expect(client.verifyAccessToken({ accessToken })).resolves.toMatchObject({ aud: audience });
    expect(issuer.keyRequests).toBe(1);
    client.close();
  }
});
