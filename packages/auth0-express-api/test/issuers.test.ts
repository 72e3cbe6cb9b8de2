import { createAuth0Api, requiresAuth, type Auth0ApiEvent } from '@auth0/auth0-express-api';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';

const audience = 'https://api.example.com';

describe('createAuth0Api', () => {
  it('gives the function in domains the URL and the headers of the request', async () => {
    const issuer = await createTestIssuer({ domain: 'tenant-a.test' });
    const contexts: unknown[] = [];
    const app = express().set('trust proxy', false);
    app.use(
      createAuth0Api({
        audience,
        domains: ({ url, headers, unverifiedIss }) => {
          contexts.push({ url, tenant: headers?.['x-tenant'], unverifiedIss });
          return headers?.['x-tenant'] === 'a' ? ['tenant-a.test'] : [];
        },
        customFetch: issuer.fetch,
      }),
    );
    app.get('/private', requiresAuth(), (_req, res) => res.end());
    const send = (tenant: string): request.Test =>
      request(app)
        .get('/private?x=1')
        .set('host', 'api.test')
        .set('x-forwarded-host', 'evil.test')
        .set('x-tenant', tenant)
        .auth(issuer.accessToken(), { type: 'bearer' });
    await send('a').expect(200);
    await send('b').expect(401);
    expect(contexts[0]).toEqual({
      url: 'http://api.test/private?x=1',
      tenant: 'a',
      unverifiedIss: 'https://tenant-a.test/',
    });
  });

  it('refuses with the reason that validate gives, and tells it to events, not to the caller', async () => {
    const issuer = await createTestIssuer();
    const events: Auth0ApiEvent[] = [];
    const app = express().use(
      createAuth0Api({
        domain: issuer.domain,
        audience: issuer.audience,
        customFetch: issuer.fetch,
        onEvent: (event) => events.push(event),
        validate: async ({ sub }, { request: { headers } }) =>
          sub === headers?.['x-expected'] || { reason: 'wrong_subject', description: 'Not for you' },
      }),
    );
    app.get('/', requiresAuth(), (_req, res) => res.end());
    const token = issuer.accessToken({ sub: 'auth0|1' });
    await request(app).get('/').set('x-expected', 'auth0|1').auth(token, { type: 'bearer' }).expect(200);
    const { status, headers, body } = await request(app).get('/').auth(token, { type: 'bearer' });
    expect({ status, challenge: headers['www-authenticate'], body }).toEqual({
      status: 401,
      challenge: 'Bearer error="invalid_token", error_description="Not for you"',
      body: { error: 'invalid_token', error_description: 'Not for you' },
    });
    expect(events).toMatchObject([{ type: 'refusal', reason: 'wrong_subject', statusCode: 401 }]);
  });

  it('has a client that is ready before the first request, and says so', async () => {
    const issuer = await createTestIssuer();
    const auth0 = createAuth0Api({
      domain: issuer.domain,
      audience: issuer.audience,
      customFetch: issuer.fetch,
    });
    expect(auth0.client.health()).toMatchObject({ isUsable: false, issuers: [{ state: 'empty' }] });
    await expect(auth0.client.ready()).resolves.toMatchObject({ isUsable: true });
    expect(auth0.client.health()).toMatchObject({
      isUsable: true,
      issuers: [{ state: 'fresh', keyCount: 1 }],
    });
    expect(JSON.stringify(auth0.client)).toBe('{}');
    auth0.client.close();
  });
});
