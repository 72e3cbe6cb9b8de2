import { createHmac } from 'node:crypto';
import { createAuth0Api, requiresAuth, type Auth0ApiOptions } from '@auth0/auth0-express-api';
import { InvalidConfigurationError } from '@auth0/auth0-api-js';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import express from 'express';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEnvironment } from '../src/read-environment.js';
import { startTrialApi } from './support/trial-api.js';

const audience = 'https://api.example.com';
const secret = 'a secret of more than thirty-two bytes';

beforeEach(() => {
  for (const name of ['AUTH0_DOMAIN', 'AUTH0_AUDIENCE', 'AUDIENCE', ...older]) vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function signWithSecret(claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

const older = ['ISSUER_BASE_URL', 'ISSUER', 'JWKS_URI', 'SECRET', 'TOKEN_SIGNING_ALG'];

function addressOf(input: Parameters<typeof fetch>[0]): string {
  return input instanceof Request ? input.url : String(input);
}

/** What is read where the program gives the options of these names. */
function read(environment: NodeJS.ProcessEnv, ...given: string[]): unknown {
  return readEnvironment(environment, new Set(given));
}

describe('createAuth0Api', () => {
  it.each([
    ['a secret that is too short', { ISSUER: 'mine', SECRET: 'short' }, 'ISSUER, SECRET'],
    [
      'an algorithm that is for secrets',
      { ISSUER_BASE_URL: 't.test', TOKEN_SIGNING_ALG: 'HS256' },
      'ISSUER_BASE_URL, TOKEN_SIGNING_ALG',
    ],
  ])('names the variables that gave it %s', (_what, environment, names) => {
    for (const [name, value] of Object.entries({ ...environment, AUDIENCE: audience }))
      vi.stubEnv(name, value);
    expect(() => createAuth0Api()).toThrow(`The environment says this by ${names}.`);
  });

  it('names no variable where it is about something else', () => {
    vi.stubEnv('ISSUER', 'mine');
    const create = (): unknown => createAuth0Api({ audience, tokenTypes: [] });
    expect(create).toThrow('"tokenTypes" must be');
    expect(create).toThrow(/^(?!.*environment says)/s);
  });

  it('names no variable where the program said it', () => {
    vi.stubEnv('AUTH0_DOMAIN', 't.test');
    expect(() => createAuth0Api({ audience, domain: 'http://t.test' })).toThrow(/^(?!.*environment says)/s);
  });
});

describe('readEnvironment', () => {
  it('reads the variables of express-oauth2-jwt-bearer where AUTH0_DOMAIN is absent', () => {
    expect(read({ ISSUER_BASE_URL: 'https://issuer.test/' })).toEqual({ domain: 'https://issuer.test/' });
    expect(read({ ISSUER_BASE_URL: 'https://issuer.test/a', TOKEN_SIGNING_ALG: 'ES256' })).toEqual({
      issuers: [{ issuer: 'https://issuer.test/a' }],
      algorithms: ['ES256'],
    });
    expect(read({ ISSUER: 'https://issuer.test', TOKEN_SIGNING_ALG: 'ES256' })).toEqual({
      issuers: [{ issuer: 'https://issuer.test' }],
      algorithms: ['ES256'],
    });
    expect(read({ ISSUER: 'https://issuer.test/', JWKS_URI: 'https://keys.test/', AUDIENCE: 'a' })).toEqual({
      audience: 'a',
      issuers: [{ issuer: 'https://issuer.test/', jwksUri: 'https://keys.test/' }],
    });
    expect(read({ ISSUER: 'mine', SECRET: secret, TOKEN_SIGNING_ALG: 'HS256' })).toEqual({
      issuers: [{ issuer: 'mine', secret }],
    });
  });

  it.each(['t.test', 't.test/', 't.test:8443', 'localhost:8443', 'https://t.test:8443', 'https://t.test/'])(
    'takes the ISSUER_BASE_URL %s as AUTH0_DOMAIN is taken',
    (base) => {
      expect(read({ ISSUER_BASE_URL: base })).toEqual(read({ AUTH0_DOMAIN: base }));
    },
  );

  it('says nothing about issuers by them where AUTH0_DOMAIN does', () => {
    const all = Object.fromEntries(older.map((name) => [name, 'https://other.test']));
    expect(read({ AUTH0_DOMAIN: 'issuer.test', ...all })).toEqual({ domain: 'issuer.test' });
  });

  it.each(['domain', 'domains', 'issuers'])(
    'names no issuer by any variable where the program gives %s',
    (option) => {
      const all = Object.fromEntries(['AUTH0_DOMAIN', ...older].map((name) => [name, 'https://other.test']));
      expect(read({ ...all, AUTH0_AUDIENCE: audience }, option)).toEqual({ audience });
    },
  );

  it.each([
    ['ISSUER_BASE_URL', 'ISSUER'],
    ['ISSUER_BASE_URL', 'JWKS_URI'],
    ['ISSUER_BASE_URL', 'SECRET'],
    ['JWKS_URI', 'SECRET'],
  ])('fails where %s and %s contradict each other', (one, other) => {
    for (const issuer of one === 'JWKS_URI' ? [{}, { ISSUER: 'https://issuer.test/' }] : [{}]) {
      const act = (): unknown => read({ ...issuer, [one]: 'https://a.test', [other]: 'https://b.test' });
      expect(act).toThrow(InvalidConfigurationError);
      expect(act).toThrow(`${one} and ${other} contradict each other. Set one. `);
      expect(act).toThrow('AUTH0_DOMAIN');
      expect(act).not.toThrow(/[ab]\.test/);
    }
  });

  it.each(['JWKS_URI', 'SECRET'])('fails where %s has no ISSUER', (name) => {
    expect(() => read({ [name]: secret })).toThrow(InvalidConfigurationError);
    expect(() => read({ [name]: secret })).toThrow(`${name} needs ISSUER, `);
    expect(() => read({ [name]: secret })).not.toThrow(secret);
  });

  it('has HS256 for a secret, and fails where anything says otherwise', () => {
    const issuer = { ISSUER: 'mine', SECRET: secret };
    expect(read(issuer)).toEqual({ issuers: [{ issuer: 'mine', secret }] });
    for (const algorithm of ['RS256', 'HS384', 'hs256'])
      expect(() => read({ ...issuer, TOKEN_SIGNING_ALG: algorithm })).toThrow(
        'SECRET is for HS256 only, and TOKEN_SIGNING_ALG says otherwise.',
      );
    expect(() => read(issuer, 'algorithms')).toThrow(
      'SECRET is for HS256 only, and the option "algorithms" says otherwise.',
    );
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
      asked.push(addressOf(input));
      return issuer.fetch(input, init);
    };
    const app = express().use(createAuth0Api({ customFetch }));
    app.get('/', requiresAuth(), (_req, res) => res.end());
    await request(app).get('/').auth(issuer.accessToken(), { type: 'bearer' }).expect(200);
    expect(asked).toEqual([`${issuer.issuer}.well-known/jwks.json`]);
  });

  it('verifies with an issuer alone from the environment, also one without a slash', async () => {
    const issuer = await createTestIssuer({ domain: 'issuer.test' });
    const metadata = { issuer: 'https://issuer.test', jwks_uri: 'https://issuer.test/.well-known/jwks.json' };
    const customFetch: typeof fetch = async (input, init) =>
      addressOf(input).endsWith('/openid-configuration')
        ? Response.json(metadata)
        : issuer.fetch(input, init);
    vi.stubEnv('ISSUER', 'https://issuer.test');
    vi.stubEnv('AUDIENCE', audience);
    const app = express().use(createAuth0Api({ customFetch }));
    app.get('/', requiresAuth(), (_req, res) => res.end());
    const get = (iss: string): request.Test =>
      request(app).get('/').auth(issuer.accessToken({ iss }), { type: 'bearer' });
    await get('https://issuer.test').expect(200);
    await get('https://issuer.test/').expect(401);
  });

  it.each<[string, Partial<Auth0ApiOptions>]>([
    ['issuers', { issuers: [{ issuer: 'https://issuer.test/' }] }],
    ['domains', { domains: ['issuer.test'] }],
    ['a function in domains', { domains: () => ['issuer.test'] }],
    ['domain', { domain: 'issuer.test' }],
  ])('trusts no tenant of the environment where the program gives %s', async (_what, options) => {
    const [stated, other] = await Promise.all(
      ['issuer.test', 'other.test'].map((domain) => createTestIssuer({ domain, audience })),
    );
    vi.stubEnv('AUTH0_DOMAIN', 'other.test');
    vi.stubEnv('AUTH0_AUDIENCE', audience);
    const customFetch: typeof fetch = (input, init) =>
      new URL(addressOf(input)).host === 'issuer.test'
        ? stated!.fetch(input, init)
        : other!.fetch(input, init);
    const app = express().use(createAuth0Api({ ...options, customFetch }));
    app.get('/', requiresAuth(), (_req, res) => res.end());
    await request(app).get('/').auth(stated!.accessToken(), { type: 'bearer' }).expect(200);
    await request(app).get('/').auth(other!.accessToken(), { type: 'bearer' }).expect(401);
    expect(other!.keyRequests).toBe(0);
  });

  it('takes issuers with an audience each beside AUTH0_DOMAIN, also the same tenant', async () => {
    const issuer = await createTestIssuer({ domain: 'issuer.test', audience });
    vi.stubEnv('AUTH0_DOMAIN', 'issuer.test');
    const issuers = [{ issuer: issuer.issuer, audience }];
    const app = express().use(createAuth0Api({ issuers, customFetch: issuer.fetch }));
    app.get('/', requiresAuth(), (_req, res) => res.end());
    await request(app).get('/').auth(issuer.accessToken(), { type: 'bearer' }).expect(200);
  });

  it.each([{ ISSUER_BASE_URL: 'https://issuer.test/' }, { ISSUER: 'https://issuer.test/' }])(
    'prefers its algorithms to TOKEN_SIGNING_ALG beside %j',
    async (environment) => {
      const issuer = await createTestIssuer({ domain: 'issuer.test', audience });
      for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
      vi.stubEnv('AUDIENCE', audience);
      vi.stubEnv('TOKEN_SIGNING_ALG', 'ES256');
      const send = async (options: Partial<Auth0ApiOptions>): Promise<number> => {
        const app = express().use(createAuth0Api({ ...options, customFetch: issuer.fetch }));
        app.get('/', requiresAuth(), (_req, res) => res.end());
        return (await request(app).get('/').auth(issuer.accessToken(), { type: 'bearer' })).status;
      };
      expect(await send({})).toBe(401);
      expect(await send({ algorithms: ['RS256'] })).toBe(200);
    },
  );

  it('names AUTH0_AUDIENCE where an issuer of the environment has no audience', () => {
    vi.stubEnv('ISSUER', 'https://issuer.test/');
    expect(() => createAuth0Api()).toThrow("'audience' is required. Provide it via config or AUTH0_AUDIENCE");
  });
});
