import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import express from 'express';
import { expect, it } from 'vitest';

it('serves once it has the keys, and tells a probe', async () => {
  const options = await createTestIssuer();
  const { domain, audience, fetch: customFetch, accessToken } = options;

  const auth0 = createAuth0Api({ domain, audience, customFetch });
  const app = express();
  app.get('/readyz', (_req, res) => {
    res.status(auth0.client.health().isUsable ? 200 : 503).end();
  });
  app.use(auth0);
  app.get('/api/private', requiresAuth(), (_req, res) => res.end());

  await auth0.client.ready({ timeoutSeconds: 20 });
  const server = app.listen(0);

  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const headers = { authorization: `Bearer ${accessToken()}` };
  expect((await fetch(`${url}/api/private`, { headers })).status).toBe(200);
  auth0.client.close();
  server.close();
});

it('starts with the keys of another process', async () => {
  const { domain, audience, fetch: customFetch, accessToken } = await createTestIssuer();
  const first = createAuth0Api({ domain, audience, customFetch });
  await first.client.ready();
  const text = JSON.stringify(first.client.exportKeys());
  first.client.close();

  const refuse: typeof fetch = async () => Promise.reject(new Error('no network'));
  const { client } = createAuth0Api({
    domain,
    audience,
    customFetch: refuse,
    keys: { cache: JSON.parse(text) },
  });
  expect(client.health()).toMatchObject({ isUsable: true });
  await expect(client.verifyAccessToken({ accessToken: accessToken() })).resolves.toMatchObject({
    aud: audience,
  });
  client.close();
});
