import { createAuth0Api, requiresAuth, type Token } from '@auth0/auth0-express-api';
import { badTokens, createTestIssuer, type BadTokenName } from '@auth0/auth0-api-js/testing';
import express, { type NextFunction, type Request, type Response } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { descriptions } from '../../auth0-api-js/src/reasons.js';
import { bodyOf, json, startTrialApi, summarise } from './support/trial-api.js';

describe('requiresAuth', () => {
  it.each(Object.keys(badTokens) as BadTokenName[])('refuses a bad token: %s', async (name) => {
    const api = await startTrialApi();
    let isHandled = false;
    api.app.get('/', requiresAuth(), (_req, res) => {
      isHandled = true;
      res.end();
    });
    const { reason } = badTokens[name];
    const description = descriptions[reason];
    expect(await summarise(await api.get('/', api.issuer.badToken(name)))).toEqual([
      401,
      `Bearer error="invalid_token", error_description="${description.replaceAll('"', "'")}"`,
      'no-store',
      json,
      bodyOf('invalid_token', description),
    ]);
    expect(isHandled).toBe(false);
    expect(api.events).toEqual([{ type: 'refusal', reason, statusCode: 401, issuer: api.issuer.issuer }]);
  });

  it('hands the claims of a good token to the handler', async () => {
    const api = await startTrialApi();
    api.app.get('/', requiresAuth(), (req, res) => {
      res.json([req.auth0.user?.sub, req.auth0.user?.['org_id'], req.auth0.token]);
    });
    const token = api.issuer.accessToken({ sub: 'auth0|alice', org_id: 'org_1' });
    expect(await (await api.get('/', token)).json()).toEqual(['auth0|alice', 'org_1', token]);
  });

  it.each<[string, string | string[], string | undefined, boolean]>([
    ['a list', ['a:b'], 'a:b', true],
    ['a string', 'a:b', 'x a:b', true],
    ['all of a string', 'a:b c:d', 'c:d a:b', true],
    ['all of a list', ['a:b', 'c:d'], 'a:b', false],
    ['no part of a word', 'a', 'a:b', false],
    ['no other case', 'A:b', 'a:b', false],
    ['no scope at all', 'a:b', undefined, false],
    ['no scope in an empty claim', 'a:b', '', false],
    ['no word between tabs', 'a:b', 'x\ta:b', false],
  ])('I1 asks for scopes: %s', async (_what, scopes, scope, isAllowed) => {
    const api = await startTrialApi();
    api.app.get('/', requiresAuth({ scopes }), (_req, res) => {
      res.end('in');
    });
    const response = await api.get('/', api.issuer.accessToken({ scope }));
    const list = typeof scopes === 'string' ? scopes : scopes.join(' ');
    if (isAllowed) expect(response.status).toBe(200);
    else
      expect(await summarise(response)).toEqual([
        403,
        `Bearer error="insufficient_scope", error_description="Insufficient scopes", scope="${list}"`,
        'no-store',
        json,
        bodyOf('insufficient_scope', 'Insufficient scopes'),
      ]);
  });

  it('I1 takes a scope claim that is a list of strings, and no number', async () => {
    const api = await startTrialApi();
    api.app.get('/', requiresAuth({ scopes: 'a:b' }), (_req, res) => {
      res.end();
    });
    expect((await api.get('/', api.issuer.accessToken({ scope: ['a:b', 'c'] }))).status).toBe(200);
    expect((await api.get('/', api.issuer.accessToken({ scope: 7 }))).status).toBe(403);
    expect((await api.get('/', api.issuer.accessToken({ scope: ['a:b c'] }))).status).toBe(403);
  });

  it.each<[object, string]>([
    [{ scopes: '' }, "'scopes' must contain at least one scope"],
    [{ scopes: [] }, "'scopes' must contain at least one scope"],
    [{ scopes: undefined }, "'scopes' is undefined. Leave it out"],
    [{ scopes: null }, "'scopes' must be a string or array of strings"],
    [{ scopes: 7 }, "'scopes' must be a string or array of strings"],
    [{ scopes: [7] }, "'scopes' must be a string or array of strings"],
    [{ scopes: ['a b'] }, 'which no token can have'],
    [{ scopes: 'a"b' }, 'which no token can have'],
    [{ scopes: ['a\r\nb'] }, 'which no token can have'],
    [{ scope: 'a' }, "requiresAuth: unknown option 'scope'. Did you mean 'scopes'?"],
  ])('I5 fails at creation with %j', (options, message) => {
    expect(() => requiresAuth(options)).toThrow(message);
  });

  it('calls next in the same tick while the keys are in memory', async () => {
    const api = await startTrialApi();
    let isSameTick: boolean | undefined;
    api.app.get(
      '/',
      (_req, _res, next) => {
        isSameTick = true;
        queueMicrotask(() => (isSameTick = false));
        process.nextTick(() => (isSameTick = false));
        next();
      },
      requiresAuth({ scopes: 'a' }),
      (_req, res) => {
        res.json(isSameTick);
      },
    );
    const token = api.issuer.accessToken({ scope: 'a' });
    expect(await (await api.get('/', token)).json()).toBe(false);
    expect(await (await api.get('/', token)).json()).toBe(true);
    expect(await (await api.get('/', api.issuer.accessToken({ scope: 'a', sub: 'new' }))).json()).toBe(true);
  });

  it('gives an error to next where createAuth0Api() is missing', async () => {
    const errors: Error[] = [];
    const app = express()
      .get('/', requiresAuth(), (_req, res) => res.end())
      .use((error: Error, _req: Request, res: Response, _next: NextFunction) => {
        errors.push(error);
        res.status(500).end();
      });
    await request(app).get('/').expect(500);
    expect(errors[0]?.message).toMatch(
      /^Auth0 ApiClient not found on request.*Make sure the Auth0 Express API router is registered\.$/,
    );
  });

  it('leaves req.auth0 without user and token when it refuses', async () => {
    const seen: object[] = [];
    const api = await startTrialApi();
    api.app.get('/', (req, res, next) => {
      res.once('finish', () => seen.push(req.auth0));
      next();
    });
    api.app.get('/', requiresAuth({ scopes: 'a' }), (_req, res) => {
      res.end();
    });
    await api.get('/', api.issuer.accessToken());
    await api.get('/', api.issuer.badToken('expired'));
    expect(seen.map((auth) => Object.getOwnPropertyNames(auth))).toEqual([['client'], ['client']]);
  });

  it('answers 503 while the issuer is away, and recovers', async () => {
    const issuer = await createTestIssuer();
    issuer.setDown(true);
    const api = await startTrialApi({}, issuer);
    api.app.get('/', requiresAuth(), (_req, res) => {
      res.end();
    });
    const response = await api.get('/', issuer.accessToken());
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await summarise(response)).toEqual([
      503,
      null,
      'no-store',
      json,
      bodyOf('temporarily_unavailable', 'Access tokens cannot be verified at the moment'),
    ]);
    expect(api.events.map((event) => event.type)).toEqual(['outage']);
    issuer.setDown(false);
    await expect
      .poll(async () => (await api.get('/', issuer.accessToken())).status, { timeout: 5000 })
      .toBe(200);
    expect(api.events.map((event) => event.type)).toEqual(['outage', 'recovery']);
  });

  it('B11 adds nothing to a response that something else has begun', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const issuer = await createTestIssuer();
    const customFetch: typeof fetch = async (...args) => held.then(() => issuer.fetch(...args));
    const errors: unknown[] = [];
    const app = express();
    app.use(createAuth0Api({ domain: issuer.domain, audience: issuer.audience, customFetch }));
    app.use((_req, res, next) => {
      next();
      res.status(504).end('too late');
    });
    app.get('/', requiresAuth(), (_req, res) => res.end());
    app.use((error: Error, _req: Request, _res: Response, next: NextFunction) => {
      errors.push(error);
      next();
    });
    await request(app).get('/').auth(issuer.badToken('expired'), { type: 'bearer' }).expect(504, 'too late');
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).toEqual([]);
  });

  it('gives next what goes wrong while it answers, also after a wait', async () => {
    const errors: string[] = [];
    const issuer = await createTestIssuer();
    const api = await startTrialApi({}, issuer);
    api.app.use((_req, res, next) => {
      const setHeader = res.setHeader.bind(res);
      res.setHeader = (name, value) => {
        if (name === 'WWW-Authenticate') throw new Error('a header listener');
        return setHeader(name, value);
      };
      next();
    });
    api.app.get('/', requiresAuth());
    api.app.use((error: Error, _req: Request, res: Response, _next: NextFunction) => {
      errors.push(error.message);
      res.status(500).end();
    });
    expect((await api.get('/', issuer.badToken('expired'))).status).toBe(500);
    expect((await api.get('/', issuer.badToken('expired'))).status).toBe(500);
    expect(errors).toEqual(['a header listener', 'a header listener']);
  });

  it('reads the header of a request that was made up without raw lines', async () => {
    const api = await startTrialApi();
    api.app.use((req, _res, next) => {
      req.headers.authorization = `Bearer ${api.issuer.accessToken()}`;
      next();
    });
    api.app.get('/', requiresAuth(), (_req, res) => {
      res.end();
    });
    expect((await api.get('/')).status).toBe(200);
  });

  it('keeps users apart under load, and their claims too', async () => {
    const api = await startTrialApi();
    api.app.get('/:name', requiresAuth(), (req, res) => {
      const before = req.auth0.user?.sub;
      const user = req.auth0.user as Token & { deep: { list: string[] } };
      user.sub = 'changed by a handler';
      user.deep.list.push('changed');
      res.json([req.params['name'], before, user.deep]);
    });
    const names = Array.from({ length: 40 }, (_, index) => `user-${index}`);
    const tokens = names.map((sub) => api.issuer.accessToken({ sub, deep: { list: [sub] } }));
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(
        names.map(async (name, index) => (await api.get(`/${name}`, tokens[index])).json()),
      );
      expect(answers).toEqual(names.map((name) => [name, name, { list: [name, 'changed'] }]));
    }
  });
});
