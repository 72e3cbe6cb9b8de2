import { inspect } from 'node:util';
import { createAuth0Api, requiresAuth, type Auth0ApiOptions } from '@auth0/auth0-express-api';
import express, { type RequestHandler } from 'express';
import request from 'supertest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startTrialApi } from './support/trial-api.js';

const audience = 'https://api.example.com';
const variables = ['AUTH0_DOMAIN', 'ISSUER_BASE_URL', 'AUTH0_AUDIENCE', 'AUDIENCE'];

afterEach(() => {
  vi.unstubAllEnvs();
});

function clearEnvironment(): void {
  for (const name of variables) vi.stubEnv(name, undefined);
}

describe('createAuth0Api', () => {
  it('sets req.auth0 whether routes stand in it or not, before they run', async () => {
    const seen: unknown[] = [];
    const router = createAuth0Api({ domain: 'tenant.example.com', audience });
    const app = express()
      .use(router)
      .get('/', (req, res) => {
        seen.push(req.auth0.client === router.client);
        res.end();
      });
    await request(app).get('/').expect(200);
    router.use((req, _res, next) => {
      seen.push('in the router', req.auth0.client === router.client);
      next();
    });
    await request(app).get('/').expect(200);
    expect(seen).toEqual([true, 'in the router', true, true]);
  });

  it('is a router that takes routes of its own and can be mounted', async () => {
    const { issuer } = await startTrialApi();
    const { domain, audience: api, fetch: customFetch } = issuer;
    const router = createAuth0Api({ domain, audience: api, customFetch });
    router.get('/private', requiresAuth(), (_req, res) => {
      res.end();
    });
    const app = express().use('/api', router);
    await request(app).get('/api/private').expect(401);
    await request(app).get('/api/private').auth(issuer.accessToken(), { type: 'bearer' }).expect(200);
  });

  it('puts one client on every request, also without a token', async () => {
    const api = await startTrialApi();
    const clients: unknown[] = [];
    api.app.get('/', (req, res) => {
      clients.push(req.auth0.client);
      res.json({ auth0: req.auth0, isEmpty: JSON.stringify(req.auth0.client) === '{}' });
    });
    expect(await (await api.get('/')).json()).toEqual({ auth0: { client: {} }, isEmpty: true });
    await api.get('/');
    expect(clients[0]).toBe(clients[1]);
  });

  it.each([
    [{ AUTH0_DOMAIN: 'issuer.test', AUTH0_AUDIENCE: audience }, {}],
    [{ ISSUER_BASE_URL: 'https://issuer.test', AUDIENCE: audience }, {}],
    [{ AUTH0_DOMAIN: '', ISSUER_BASE_URL: 'issuer.test/', AUTH0_AUDIENCE: '', AUDIENCE: audience }, {}],
    [
      {
        AUTH0_DOMAIN: 'issuer.test',
        ISSUER_BASE_URL: 'other.test',
        AUTH0_AUDIENCE: audience,
        AUDIENCE: 'other',
      },
      {},
    ],
    [
      { AUTH0_DOMAIN: 'other.test', AUTH0_AUDIENCE: 'other' },
      { domain: 'issuer.test', audience },
    ],
    [
      { AUTH0_DOMAIN: 'issuer.test', AUTH0_AUDIENCE: audience },
      { domain: '', audience: '' },
    ],
  ])('reads the environment %j under the options %j', async (environment, options) => {
    clearEnvironment();
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { issuer } = await startTrialApi();
    const app = express().use(createAuth0Api({ ...options, customFetch: issuer.fetch }));
    app.get('/', requiresAuth(), (_req, res) => res.end());
    await request(app).get('/').auth(issuer.accessToken(), { type: 'bearer' }).expect(200);
  });

  it.each(['domain', 'audience'])('names everything it takes when %s is missing', (missing) => {
    clearEnvironment();
    if (missing === 'audience') vi.stubEnv('AUTH0_DOMAIN', 'issuer.test');
    const variable = missing === 'domain' ? 'AUTH0_DOMAIN' : 'AUTH0_AUDIENCE';
    expect(() => createAuth0Api()).toThrow(
      `'${missing}' is required. Provide it via config or ${variable} environment variable.`,
    );
    for (const cure of ['AUTH0_DOMAIN', 'AUTH0_AUDIENCE', '.env', "import 'dotenv/config'"]) {
      expect(() => createAuth0Api()).toThrow(cure);
    }
  });

  it.each<[object, string]>([
    [{ domain: 'issuer.test/path' }, 'path segments are not allowed'],
    [{ domain: 'issuer.test//' }, 'path segments are not allowed'],
    [{ domain: 'issuer.test/a/..' }, 'path segments are not allowed'],
    [{ domain: 'issuer.test?a=b' }, 'query/fragment are not allowed'],
    [{ domain: 'issuer.test/#a' }, 'query/fragment are not allowed'],
    [{ domain: 'user@issuer.test' }, 'credentials are not allowed'],
    [{ domain: 'https://user:pass@issuer.test' }, 'credentials are not allowed'],
    [{ domain: 'http://issuer.test' }, 'https required'],
    [{ algorithms: ['HS256'] }, 'symmetric algorithms are not allowed'],
    [{ domain: 'http://localhost.issuer.test' }, 'https required'],
    [{ domain: 'http://127.0.0.1.issuer.test' }, 'https required'],
    [{ domain: 'http://[::2]' }, 'https required'],
    [{ audience: ['a', 7] }, '"audience" must be a string, or a list of strings'],
    [{ audience: [] }, '"audience" must not be empty'],
    [{ onEvent: 'log' }, '"onEvent" must be a function'],
    [{ customFetch: 'fetch' }, '"customFetch" must be a function'],
    [{ algorithms: ['none'] }, 'is not supported'],
    [{ algorithms: ['nOnE'] }, 'is not supported'],
    [{ algorithms: ['RS256', 'hs512'] }, 'symmetric algorithms are not allowed'],
    [{ algorithms: ['RS128'] }, '"RS128" is not supported. Choose from RS256, '],
    [{ algorithms: 'RS256' }, 'must be a non-empty array'],
    [{ algorithms: [] }, 'must be a non-empty array'],
    [{ audiance: 'x' }, "createAuth0Api: unknown option 'audiance'. Did you mean 'audience'?"],
    [{ Domain: 'x' }, "Did you mean 'domain'?"],
    [
      { issuerBaseURL: 'https://issuer.test' },
      "createAuth0Api: unknown option 'issuerBaseURL'. Here it is 'domain', or issuers: [{ issuer }] for an address with a path: see docs/migration.md.",
    ],
    [{ validate: '' }, '"validate" must be a function'],
    [{ tokenTypes: '' }, '"tokenTypes" must be a non-empty array'],
    [{ validate: undefined }, '"validate" is undefined'],
    [{ profile: undefined }, '"profile" is undefined'],
    [{ claims: undefined }, '"claims" is undefined'],
  ])('fails at creation with %j', (options, message) => {
    expect(() => createAuth0Api({ domain: 'issuer.test', audience, ...options })).toThrow(message);
  });

  it.each([
    'issuer.test',
    'issuer.test/',
    'https://issuer.test',
    'https://issuer.test/',
    'http://localhost:4400/',
    'http://127.0.0.1:4400',
    'http://127.3.2.1',
    'http://[::1]:4400',
  ])('takes the domain %s', (domain) => {
    expect(() => createAuth0Api({ domain, audience })).not.toThrow();
  });

  it('counts an option that is undefined as absent', () => {
    clearEnvironment();
    vi.stubEnv('AUTH0_DOMAIN', 'issuer.test');
    vi.stubEnv('AUTH0_AUDIENCE', audience);
    const options = { domain: undefined, audience: undefined } as unknown as Partial<Auth0ApiOptions>;
    expect(() => createAuth0Api(options)).not.toThrow();
  });

  it('lets the environment name the issuer where the options for issuers are undefined', () => {
    clearEnvironment();
    vi.stubEnv('ISSUER_BASE_URL', 'https://issuer.test/path');
    vi.stubEnv('AUDIENCE', audience);
    const options = { domains: undefined, issuers: undefined } as unknown as Partial<Auth0ApiOptions>;
    expect(() => createAuth0Api(options)).not.toThrow();
  });

  it('takes no option that every object inherits', () => {
    clearEnvironment();
    const prototype = Object.prototype as { domain?: string };
    prototype.domain = 'evil.test';
    try {
      expect(() => createAuth0Api({ audience })).toThrow("'domain' is required.");
    } finally {
      delete prototype.domain;
    }
  });

  it.each([null, 'issuer.test', ['issuer.test'], 7])('fails at creation with %j for options', (options) => {
    expect(() => createAuth0Api(options as never)).toThrow('createAuth0Api: the options must be an object');
  });

  it('gives a request the client of the router that it came by last', async () => {
    const api = await startTrialApi();
    const { app, issuer } = api;
    const { domain, fetch: customFetch } = issuer;
    const answer: RequestHandler = (_req, res) => {
      res.end();
    };
    app.use('/other', createAuth0Api({ domain, audience: 'other', customFetch }), requiresAuth(), answer);
    app.use('/', requiresAuth(), answer);
    const statuses = async (token: string): Promise<number[]> =>
      Promise.all(['/', '/other'].map(async (path) => (await api.get(path, token)).status));
    expect(await statuses(issuer.accessToken())).toEqual([200, 401]);
    expect(await statuses(issuer.accessToken({ aud: 'other' }))).toEqual([401, 200]);
  });

  it('judges tokens by the clock it is given', async () => {
    const api = await startTrialApi({ now: () => Date.now() + 24 * 3600 * 1000 });
    const { issuer } = api;
    api.app.get('/', requiresAuth(), (_req, res) => {
      res.end();
    });
    const exp = Math.floor(Date.now() / 1000) + 48 * 3600;
    expect((await api.get('/', issuer.accessToken())).status).toBe(401);
    expect((await api.get('/', issuer.accessToken({ exp }))).status).toBe(200);
  });

  it('protects nothing by itself', async () => {
    const api = await startTrialApi();
    api.app.get('/', (req, res) => {
      res.json([req.auth0.user ?? null, req.auth0.token ?? null]);
    });
    const { keyRequests } = api.issuer;
    for (const token of [undefined, 'x', api.issuer.accessToken(), api.issuer.badToken('expired')]) {
      expect(await (await api.get('/', token)).json()).toEqual([null, null]);
    }
    expect([api.events, api.issuer.keyRequests]).toEqual([[], keyRequests]);
  });

  it('runs on the version of Express that the project is named after', ({ task }) => {
    const isExpress4 = 'del' in express.application;
    expect(task.file.projectName).toBe(isExpress4 ? 'express 4' : 'express 5');
  });

  it('names the misspelt option even when what it stands for is missing', () => {
    clearEnvironment();
    const misspelt = { domian: 'issuer.test', audience } as Partial<Auth0ApiOptions>;
    expect(() => createAuth0Api(misspelt)).toThrow("unknown option 'domian'. Did you mean 'domain'?");
  });

  it('never shows the token, nor a secret of the client', async () => {
    const api = await startTrialApi({ clientId: 'id', clientSecret: 'very-secret' });
    const shown: string[] = [];
    api.app.get('/', requiresAuth(), (req, res) => {
      const spread = { ...req.auth0 };
      shown.push(
        JSON.stringify(req.auth0),
        inspect(req.auth0),
        inspect(spread, { depth: 9 }),
        inspect(req.auth0.client, { depth: 9, showHidden: true }),
      );
      res.json([Object.keys(req.auth0), typeof req.auth0.token, Object.keys(spread)]);
    });
    const token = api.issuer.accessToken();
    expect(await (await api.get('/', token)).json()).toEqual([
      ['client', 'user'],
      'string',
      ['client', 'user'],
    ]);
    for (const text of [...shown, JSON.stringify(api.events)]) {
      expect(text).not.toContain(token.split('.')[2]);
      expect(text).not.toContain('very-secret');
    }
  });
});
