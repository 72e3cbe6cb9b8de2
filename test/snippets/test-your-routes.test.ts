import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import express from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';

const issuer = await createTestIssuer();

const app = express();
app.use(createAuth0Api({ domain: issuer.domain, audience: issuer.audience, customFetch: issuer.fetch }));
app.get('/api/messages', requiresAuth({ scopes: 'read:messages' }), (req, res) => {
  res.json({ messagesOf: req.auth0.user?.sub });
});

test('a reader gets the messages', async () => {
  const token = issuer.accessToken({ sub: 'auth0|alice', scope: 'read:messages' });
  const response = await request(app).get('/api/messages').auth(token, { type: 'bearer' });
  expect(response.body).toEqual({ messagesOf: 'auth0|alice' });
});

test('a token without the scope gets 403', async () => {
  const response = await request(app).get('/api/messages').auth(issuer.accessToken(), { type: 'bearer' });
  expect(response.status).toBe(403);
});

test('an expired token gets 401', async () => {
  const response = await request(app)
    .get('/api/messages')
    .auth(issuer.badToken('expired'), { type: 'bearer' });
  expect(response.status).toBe(401);
  expect(response.body.error).toBe('invalid_token');
});

test('a new signing key is found', async () => {
  issuer.rotateKeys();
  const token = issuer.accessToken({ scope: 'read:messages' });
  const response = await request(app).get('/api/messages').auth(token, { type: 'bearer' });
  expect(response.status).toBe(200);
});
