import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import express from 'express';
import request from 'supertest';
import { expect, it } from 'vitest';

it('trusts a tenant, a partner with rules of its own, and a key in a file', async () => {
  const [tenant, partner, batch] = await Promise.all(
    ['tenant.example.com', 'partner.example.com', 'batch.example.com'].map(async (domain) =>
      createTestIssuer({ domain, audience: 'https://api.example.com' }),
    ),
  );
  if (!tenant || !partner || !batch) throw new Error('three issuers');
  const partnerJwks = await (await partner.fetch('https://partner.example.com/.well-known/jwks.json')).json();
  const {
    keys: [batchPublicKey],
  } = (await (await batch.fetch('https://batch.example.com/.well-known/jwks.json')).json()) as {
    keys: [JsonWebKey];
  };
  const customFetch = tenant.fetch;

  const app = express();
  app.use(
    createAuth0Api({
      domain: 'tenant.example.com',
      audience: 'https://api.example.com',
      issuers: [
        { issuer: 'https://partner.example.com/', jwks: partnerJwks, claims: { plan: ['gold', 'silver'] } },
        { issuer: 'https://batch.example.com/', publicKey: batchPublicKey, maxTokenAgeSeconds: 300 },
      ],
      customFetch,
    }),
  );
  app.get('/', requiresAuth(), (_req, res) => res.end());

  const status = async (token: string): Promise<number> =>
    (await request(app).get('/').auth(token, { type: 'bearer' })).status;
  expect(await status(tenant.accessToken())).toBe(200);
  expect(await status(partner.accessToken({ plan: 'gold' }))).toBe(200);
  expect(await status(partner.accessToken({ plan: 'free' }))).toBe(401);
  expect(await status(batch.accessToken())).toBe(200);
  const old = Math.floor(Date.now() / 1000) - 400;
  expect(await status(batch.accessToken({ iat: old }))).toBe(401);
  expect(await status(tenant.accessToken({ iat: old }))).toBe(200);
});
