import {
  AuthError,
  claimCheck,
  claimEquals,
  claimIncludes,
  createAuth0Api,
  InsufficientScopeError,
  requiresAuth,
  scopesInclude,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
  type Auth0ApiOptions,
} from '@auth0/auth0-express-api';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import express, { type NextFunction, type Request, type Response } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { startTrialApi, type TrialApi } from './support/trial-api.js';

const audience = 'https://api.example.com';

/** An API whose error handler answers with what it was given, and leaves status and headers as it found them. */
async function startApi(options: Partial<Auth0ApiOptions> = {}): Promise<TrialApi & { errors: unknown[] }> {
  const errors: unknown[] = [];
  const api = await startTrialApi({ errors: 'next', ...options });
  const end = (_req: Request, res: Response): void => void res.end('in');
  api.app.get('/', requiresAuth(), end);
  api.app.get('/all', requiresAuth({ scopes: 'read:a read:b' }), end);
  api.app.get('/any', requiresAuth(), scopesInclude('read:a read:b'), end);
  api.app.get('/equals', requiresAuth(), claimEquals('isAdmin', true), end);
  api.app.get('/includes', requiresAuth(), claimIncludes('roles', 'admin'), end);
  api.app.get(
    '/check',
    requiresAuth(),
    claimCheck(() => false, 'not today'),
    end,
  );
  api.app.use((error: Error, _req: Request, res: Response, _next: NextFunction) => {
    errors.push(error);
    res.end(`handled ${error.message}`);
  });
  return { ...api, errors };
}

describe("createAuth0Api({ errors: 'next' })", () => {
  it.each([
    ['/', undefined, 401, 'Bearer', 'credentials_missing', ''],
    ['/', 'x', 401, /^Bearer error="invalid_token", error_description=".+"$/, 'token_opaque', /JWT/],
    [
      '/all',
      'good',
      403,
      /^Bearer error="insufficient_scope", .*scope="read:a read:b"$/,
      'insufficient_scope',
      'Insufficient scopes',
    ],
    [
      '/any',
      'good',
      403,
      /^Bearer error="insufficient_scope", .*scope="read:a read:b"$/,
      'insufficient_scope',
      'Insufficient scopes',
    ],
    ['/equals', 'good', 401, /^Bearer error="invalid_token"/, 'claim_missing', /claim/],
    ['/includes', 'good', 401, /^Bearer error="invalid_token"/, 'claim_missing', /claim/],
    [
      '/check',
      'good',
      401,
      /^Bearer error="invalid_token", error_description="not today"$/,
      'claim_check_failed',
      'not today',
    ],
  ] as const)(
    'gives the refusal of %s with the token %s to the error handler',
    async (path, token, status, challenge, reason, message) => {
      const api = await startApi();
      const response = await api.get(path, token === 'good' ? api.issuer.accessToken() : token);
      expect(response.status).toBe(status);
      expect(response.headers.get('www-authenticate')).toMatch(challenge);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-type')).toBeNull();
      expect(await response.text()).toMatch(/^handled /);
      expect(api.errors).toEqual([expect.any(AuthError)]);
      const [error] = api.errors as [AuthError];
      expect([error.statusCode, error.reason]).toEqual([status, reason]);
      expect(error.message).toMatch(message);
      expect(api.events).toMatchObject([{ type: 'refusal', reason, statusCode: status }]);
    },
  );

  it('gives the scopes a route asks for', async () => {
    const api = await startApi();
    await api.get('/any', api.issuer.accessToken({ scope: 'read:c' }));
    const [error] = api.errors;
    expect(error).toBeInstanceOf(InsufficientScopeError);
    expect((error as InsufficientScopeError).scopes).toEqual(['read:a', 'read:b']);
  });

  it('gives two Authorization headers as what they are', async () => {
    const api = await startApi();
    const line = `Authorization: Bearer ${api.issuer.accessToken()}`;
    expect(await api.raw('/', [line, line])).toMatch(/^HTTP\/1.1 400 /);
    expect(api.errors).toMatchObject([{ statusCode: 400, reason: 'credentials_ambiguous' }]);
  });

  it('gives an outage with the time to wait', async () => {
    const issuer = await createTestIssuer();
    issuer.setDown(true);
    const errors: unknown[] = [];
    const app = express();
    const { domain, audience: api, fetch: customFetch } = issuer;
    app.use(createAuth0Api({ domain, audience: api, customFetch, onEvent: () => {}, errors: 'next' }));
    app.get('/', requiresAuth(), (_req, res) => res.end());
    app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
      errors.push(error);
      res.end();
    });
    await request(app)
      .get('/')
      .auth(issuer.accessToken(), { type: 'bearer' })
      .expect(503)
      .expect('Retry-After', /^\d+$/)
      .expect('Cache-Control', 'no-store');
    expect(errors).toEqual([expect.any(TemporarilyUnavailableError)]);
  });

  it('lets a good token through', async () => {
    const api = await startApi();
    const response = await api.get('/any', api.issuer.accessToken({ scope: 'read:b' }));
    expect([response.status, await response.text(), api.errors]).toEqual([200, 'in', []]);
    expect(response.headers.get('www-authenticate')).toBeNull();
  });

  it('refuses also where there is no error handler', async () => {
    const { domain, audience: api, fetch: customFetch } = await createTestIssuer();
    const app = express().set('env', 'test');
    app.use(createAuth0Api({ domain, audience: api, customFetch, errors: 'next' }));
    app.get('/', requiresAuth(), (_req, res) => res.end('in'));
    const response = await request(app)
      .get('/')
      .expect(401)
      .expect('WWW-Authenticate', /^Bearer/);
    expect(response.text).not.toBe('in');
  });

  it('adds nothing to a response that something else has begun', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const issuer = await createTestIssuer();
    const errors: unknown[] = [];
    const app = express();
    app.use(
      createAuth0Api({
        domain: issuer.domain,
        audience: issuer.audience,
        customFetch: async (...args) => held.then(() => issuer.fetch(...args)),
        errors: 'next',
      }),
    );
    app.use((_req, res, next) => {
      next();
      res.status(504).end('too late');
    });
    app.get('/', requiresAuth(), (_req, res) => res.end());
    app.use((error: unknown, _req: Request, _res: Response, next: NextFunction) => {
      errors.push(error);
      next();
    });
    await request(app).get('/').auth(issuer.badToken('expired'), { type: 'bearer' }).expect(504, 'too late');
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).toEqual([]);
  });

  it('is what the router says that a request came by last', async () => {
    const api = await startApi();
    const { domain, fetch: customFetch } = api.issuer;
    const app = express();
    app.use(createAuth0Api({ domain, audience, customFetch, onEvent: () => {}, errors: 'next' }));
    app.use('/plain', createAuth0Api({ domain, audience, customFetch, onEvent: () => {} }));
    app.get(['/', '/plain'], requiresAuth(), (_req, res) => res.end());
    app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
      res.end(error instanceof VerifyAccessTokenError ? 'handled' : 'what?');
    });
    await request(app).get('/').auth('x', { type: 'bearer' }).expect(401, 'handled');
    await request(app)
      .get('/plain')
      .auth('x', { type: 'bearer' })
      .expect(401, /"error":"invalid_token"/);
  });
});

describe('createAuth0Api({ errors })', () => {
  it.each(['nxt', 'Next', 'throw', true, null, 1, ['next'], {}])('fails at creation with %j', (errors) => {
    const options = { domain: 'issuer.test', audience, errors } as unknown as Partial<Auth0ApiOptions>;
    expect(() => createAuth0Api(options)).toThrow(
      `Invalid errors configuration: "errors" must be 'answer' or 'next'`,
    );
  });

  it('has the right spelling for a misspelt name', () => {
    const options = { domain: 'issuer.test', audience, error: 'next' } as Partial<Auth0ApiOptions>;
    expect(() => createAuth0Api(options)).toThrow("unknown option 'error'. Did you mean 'errors'?");
  });

  it.each(['answer', undefined, ''])('answers itself with %j', async (errors) => {
    const api = await startApi({ errors } as unknown as Partial<Auth0ApiOptions>);
    const response = await api.get('/', 'x');
    expect([response.status, api.errors]).toEqual([401, []]);
    expect(await response.json()).toMatchObject({ error: 'invalid_token' });
  });
});
