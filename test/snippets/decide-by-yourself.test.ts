import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import express from 'express';
import request from 'supertest';
import { expect, it } from 'vitest';

it('lets the application decide last', async () => {
  const { domain, audience, fetch: customFetch, accessToken } = await createTestIssuer();
  const revoked = new Set(['token-2']);

  const app = express();
  app.use(
    createAuth0Api({
      domain,
      audience,
      customFetch,
      validate: async ({ jti }) => !revoked.has(String(jti)) || { reason: 'token_revoked' },
    }),
  );
  app.get('/', requiresAuth(), (_req, res) => res.end());

  await request(app)
    .get('/')
    .auth(accessToken({ jti: 'token-1' }), { type: 'bearer' })
    .expect(200);
  const refused = await request(app)
    .get('/')
    .auth(accessToken({ jti: 'token-2' }), { type: 'bearer' });
  expect(refused.body).toEqual({ error: 'invalid_token', error_description: 'Invalid token claims' });
});
