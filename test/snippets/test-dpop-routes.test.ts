import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createDpopClient, createTestIssuer } from '@auth0/auth0-api-js/testing';
import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import express from 'express';
import { afterAll, expect, test } from 'vitest';

const issuer = await createTestIssuer();
const client = createDpopClient();

const app = express();
app.use(
  createAuth0Api({
    domain: issuer.domain,
    audience: issuer.audience,
    customFetch: issuer.fetch,
    dpop: {},
  }),
);
app.get('/api/private', requiresAuth(), (_req, res) => {
  res.end();
});

const server = app.listen(0);
await once(server, 'listening');
const url = `http://localhost:${(server.address() as AddressInfo).port}/api/private`;
afterAll(() => void server.close());

const accessToken = issuer.boundToken(client);

test('the owner of the token gets an answer, once for each proof', async () => {
  const headers = client.headers({ url, accessToken });
  expect((await fetch(url, { headers })).status).toBe(200);
  expect((await fetch(url, { headers })).status).toBe(401);
});

test('the token alone gets 401', async () => {
  const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
  expect(response.status).toBe(401);
});

test('a proof for another method gets 401', async () => {
  const dpop = client.badProof('wrong-method', { url, accessToken });
  const response = await fetch(url, { headers: { authorization: `DPoP ${accessToken}`, dpop } });
  expect(response.status).toBe(401);
});
