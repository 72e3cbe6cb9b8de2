import { createTenant } from 'auth0-local';
import { expect, it } from 'vitest';

it('gives a token of a tenant in memory', async () => {
  const tenant = await createTenant({
    ephemeral: true,
    seed: {
      resourceServers: [{ identifier: 'https://api.example', scopes: [{ value: 'read:messages' }] }],
      clients: [{ name: 'Worker', client_id: 'worker', client_secret: 'worker-secret' }],
      clientGrants: [{ client_id: 'worker', audience: 'https://api.example', scope: ['read:messages'] }],
    },
  });
  const response = await fetch(`${tenant.domain}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'worker',
      client_secret: 'worker-secret',
      audience: 'https://api.example',
    }),
  });
  expect(await response.json()).toMatchObject({ token_type: 'Bearer', scope: 'read:messages' });
  await tenant.close();
});
