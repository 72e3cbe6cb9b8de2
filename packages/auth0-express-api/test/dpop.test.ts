import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import { createDpopClient } from '@auth0/auth0-api-js/testing';
import { describe, expect, it } from 'vitest';
import { startTrialApi } from './support/trial-api.js';

const client = createDpopClient();

describe('an API that speaks DPoP', () => {
  it('takes a proof once where its router is mounted twice', async () => {
    const api = await startTrialApi({ dpop: {} });
    const { app, issuer } = api;
    const { domain, audience, fetch: customFetch } = issuer;
    const router = createAuth0Api({ domain, audience, customFetch, dpop: {} });
    app.use(router, requiresAuth(), router);
    app.get('/private', requiresAuth(), (_req, res) => res.end('hello'));
    const accessToken = issuer.boundToken(client);
    const { authorization, dpop } = client.headers({ url: 'http://localhost/private', accessToken });
    const answer = await api.raw('/private', [`Authorization: ${authorization}`, `DPoP: ${dpop}`]);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
  });

  it('tells its owner which URL it takes a request for, and nobody else', async () => {
    const api = await startTrialApi({ dpop: {} });
    const { app, issuer, events } = api;
    app.get('/private', requiresAuth(), (_req, res) => res.end('hello'));
    const accessToken = issuer.boundToken(client);
    const { authorization, dpop } = client.headers({ url: 'https://api.test/private', accessToken });
    const answer = await api.raw('/private?a', [`Authorization: ${authorization}`, `DPoP: ${dpop}`]);
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    expect(answer).not.toContain('localhost');
    expect(events).toEqual([
      {
        type: 'refusal',
        reason: 'proof_url_mismatch',
        statusCode: 401,
        issuer: issuer.issuer,
        expectedUrl: 'http://localhost/private',
      },
    ]);
  });
});

describe('an API that does not speak DPoP', () => {
  it('tells its owner once that a client does', async () => {
    const api = await startTrialApi();
    const { app, events } = api;
    app.get('/private', requiresAuth(), (_req, res) => res.end('hello'));
    for (const line of ['Authorization: Bearer', 'Authorization: DPoP a', 'Authorization: dpop b']) {
      expect(await api.raw('/private', [line])).toMatch(/^HTTP\/1.1 401 /);
    }
    expect(events.filter(({ type }) => type === 'misuse')).toEqual([
      { type: 'misuse', reason: 'dpop_not_enabled', message: expect.stringContaining('dpop: {}') },
    ]);
  });
});
