import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import { AuthError, createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { it } from 'vitest';

it('answers refusals in the words of the application', async () => {
  const { domain, audience, fetch: customFetch, badToken } = await createTestIssuer();
  const app = express();
  app.use(createAuth0Api({ domain, audience, customFetch, errors: 'next' }));

  app.get('/', requiresAuth(), (_req, res) => {
    res.end();
  });

  // The status, WWW-Authenticate, Cache-Control and Retry-After are set by then.
  const answerRefusal: ErrorRequestHandler = (error, _req, res, next) => {
    if (error instanceof AuthError) res.json({ code: error.reason });
    else next(error);
  };
  app.use(answerRefusal);

  await request(app)
    .get('/')
    .auth(badToken('expired'), { type: 'bearer' })
    .expect(401, { code: 'token_expired' })
    .expect('WWW-Authenticate', /error="invalid_token"/);
  await request(app)
    .get('/')
    .expect(401, { code: 'credentials_missing' })
    .expect('WWW-Authenticate', 'Bearer');
});
