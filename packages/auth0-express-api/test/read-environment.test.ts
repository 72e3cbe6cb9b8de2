import { createHmac } from 'node:crypto';
import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import express from 'express';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEnvironment } from '../src/read-environment.js';
import { startTrialApi } from './support/trial-api.js';

const audience = 'https://api.example.com';
const secret = 'a secret of more than thirty-two bytes';

beforeEach(() => {
  for (const name of ['AUTH0_DOMAIN', 'AUTH0_AUDIENCE']) vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function signWithSecret(claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

describe('readEnvironment', () => {
  it('reads the variables of express-oauth2-jwt-bearer where AUTH0_DOMAIN is absent', () => {
    const read = (environment: NodeJS.ProcessEnv): unknown => readEnvironment(environment, false);
    expect(read({ ISSUER_BASE_URL: 'https://issuer.test/' })).toEqual({ domain: 'https://issuer.test/' });
    expect(read({ ISSUER_BASE_URL: 'https://issuer.test/a', TOKEN_SIGNING_ALG: 'ES256' })).toEqual({
      issuers: [{ issuer: 'https://issuer.test/a' }],
      algorithms: ['ES256'],
    });
    expect(read({ ISSUER: 'https://issuer.test/', JWKS_URI: 'https://keys.test/', AUDIENCE: 'a' })).toEqual({
      audience: 'a',
      issuers: [{ issuer: 'https://issuer.test/', jwksUri: 'https://keys.test/' }],
    });
    expect(read({ ISSUER: 'mine', SECRET: secret, TOKEN_SIGNING_ALG: 'HS256' })).toEqual({
      issuers: [{ issuer: 'mine', secret, algorithms: ['HS256'] }],
    });
    expect(read({ JWKS_URI: 'https://keys.test/', SECRET: secret })).toEqual({});
  });

  it('says nothing about issuers by them where AUTH0_DOMAIN or the program does', () => {
    const older = { ISSUER_BASE_URL: 'https://other.test', ISSUER: 'other', SECRET: secret };
    expect(readEnvironment({ AUTH0_DOMAIN: 'issuer.test', ...older }, false)).toEqual({
      domain: 'issuer.test',
    });
    expect(readEnvironment(older, true)).toEqual({});
  });
});

describe('createAuth0Api', () => {
  it('verifies with an issuer and a secret from the environment', async () => {
    vi.stubEnv('ISSUER', 'https://issuer.test/');
    vi.stubEnv('AUDIENCE', audience);
    vi.stubEnv('SECRET', secret);
    vi.stubEnv('TOKEN_SIGNING_ALG', 'HS256');
    const app = express().use(createAuth0Api());
    app.get('/', requiresAuth(), (_req, res) => res.end());
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: 'https://issuer.test/', aud: audience, iat: now, exp: now + 60 };
    await request(app).get('/').auth(signWithSecret(claims), { type: 'bearer' }).expect(200);
    await request(app)
      .get('/')
      .auth(signWithSecret({ ...claims, iss: 'https://other.test/' }), { type: 'bearer' })
      .expect(401);
  });

  it('verifies with an issuer and the address of its keys from the environment', async () => {
    const { issuer } = await startTrialApi();
    const asked: string[] = [];
    vi.stubEnv('ISSUER', issuer.issuer);
    vi.stubEnv('AUDIENCE', audience);
    vi.stubEnv('JWKS_URI', `${issuer.issuer}.well-known/jwks.json`);
    const customFetch: typeof fetch = async (input, init) => {
      asked.push(input instanceof Request ? input.url : String(input));
      return issuer.fetch(input, init);
    };
    const app = express().use(createAuth0Api({ customFetch }));
    app.get('/', requiresAuth(), (_req, res) => res.end());
    await request(app).get('/').auth(issuer.accessToken(), { type: 'bearer' }).expect(200);
    expect(asked).toEqual([`${issuer.issuer}.well-known/jwks.json`]);
  });
});
