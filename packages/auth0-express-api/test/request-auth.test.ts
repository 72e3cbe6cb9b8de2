import { format, inspect } from 'node:util';
import {
  createAuth0Api,
  requiresAuth,
  scopesInclude,
  type RequestAuth,
  type Token,
} from '@auth0/auth0-express-api';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import { startTrialApi, type TrialApi } from './support/trial-api.js';

/** Starts an API with these handlers before the last one, which says who asks. */
async function startApi(...handlers: RequestHandler[]): Promise<TrialApi> {
  const api = await startTrialApi();
  api.app.get('/', ...handlers, (req, res) => {
    res.json({ sub: req.auth0.user?.sub, token: req.auth0.token });
  });
  const sayWhy: ErrorRequestHandler = (error: Error, _req, res, _next) => {
    res.status(500).end(error.message);
  };
  api.app.use(sayWhy);
  return api;
}

const forge: RequestHandler = (req, _res, next) => {
  req.auth0.user = { sub: 'forged', aud: 'forged', iss: 'forged', scope: 'admin' };
  req.auth0.token = 'forged';
  next();
};

describe('req.auth0 that a handler has changed', () => {
  it('counts for nothing before requiresAuth()', async () => {
    const api = await startApi(forge, requiresAuth());
    expect((await api.get('/')).status).toBe(401);
    const token = api.issuer.accessToken({ sub: 'auth0|alice' });
    expect(await (await api.get('/', token)).json()).toEqual({ sub: 'auth0|alice', token });
  });

  it('has no scopes that a handler gave itself before requiresAuth()', async () => {
    const api = await startApi(forge, requiresAuth({ scopes: 'admin' }));
    expect((await api.get('/', api.issuer.accessToken())).status).toBe(403);
  });

  it('may lose its user, and then has no scopes', async () => {
    const dropUser: RequestHandler = (req, _res, next) => {
      delete req.auth0.user;
      next();
    };
    for (const check of [requiresAuth({ scopes: 'a' }), scopesInclude('a')]) {
      const api = await startApi(requiresAuth(), dropUser, check);
      expect((await api.get('/', api.issuer.accessToken({ scope: 'a' }))).status).toBe(403);
    }
  });

  it('may lose its token', async () => {
    const api = await startApi(requiresAuth(), (req, _res, next) => {
      req.auth0.token = 'replaced';
      delete req.auth0.token;
      next();
    });
    expect(await (await api.get('/', api.issuer.accessToken({ sub: 'a' }))).json()).toEqual({ sub: 'a' });
  });

  it.each<[string, (auth: RequestAuth) => RequestAuth]>([
    ['a copy with members of its own', (auth) => ({ ...auth, tenant: 'acme' }) as RequestAuth],
    [
      'an object that inherits from it',
      (auth) => Object.assign(Object.create(auth) as RequestAuth, { tenant: 'acme' }),
    ],
    ['a proxy', (auth) => new Proxy(Object.assign(auth, { tenant: 'acme' }), {})],
  ])('may be replaced before requiresAuth() by %s, which gets user and token', async (_what, replace) => {
    let own: RequestAuth | undefined;
    const put: RequestHandler = (req, _res, next) => {
      own = replace(req.auth0);
      Object.defineProperty(req, 'auth0', { get: () => own });
      next();
    };
    let isSame: boolean | undefined;
    const look: RequestHandler = (req, _res, next) => {
      isSame = req.auth0 === own && JSON.stringify(req.auth0).includes('acme');
      next();
    };
    const api = await startApi(put, requiresAuth(), requiresAuth({ scopes: 'a' }), look);
    const token = api.issuer.accessToken({ sub: 'a', scope: 'a' });
    expect(await (await api.get('/', token)).json()).toEqual({ sub: 'a', token });
    expect(isSame).toBe(true);
    expect((await api.get('/', api.issuer.accessToken())).status).toBe(403);
    expect((await api.get('/', 'forged')).status).toBe(401);
  });

  it('A19 is verified again for another API: by its client, or by its router', async () => {
    const other = await startTrialApi({ audience: 'https://other.example.com' });
    const { domain, fetch: customFetch } = other.issuer;
    const otherApi = createAuth0Api({ domain, audience: 'https://other.example.com', customFetch });
    const swapClient: RequestHandler = (req, res, next) => {
      const { auth0 } = req;
      void otherApi(req, res, () => {
        const { client } = req.auth0;
        req.auth0 = Object.assign(auth0, { client });
        next();
      });
    };
    for (const change of [swapClient, otherApi]) {
      const api = await startApi(requiresAuth(), change, requiresAuth());
      const response = await api.get('/', api.issuer.accessToken());
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([
        401,
        `Bearer error="invalid_token", error_description="unexpected 'aud' claim value"`,
      ]);
      const both = api.issuer.accessToken({ aud: [api.issuer.audience, 'https://other.example.com'] });
      expect((await api.get('/', both)).status).toBe(200);
    }
  });

  it.each<[string, unknown, RegExp]>([
    ['no client', {}, /^Auth0 ApiClient not found on request/],
    ['a client of somebody else', { client: {} }, /^The client is no ApiClient of this @auth0\/auth0-api-js/],
  ])('goes to the error handler where it has %s', async (_what, auth0, message) => {
    const api = await startApi((req, _res, next) => {
      Object.assign(req, { auth0 });
      next();
    }, requiresAuth());
    const response = await api.get('/', api.issuer.accessToken());
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(message);
  });
});

describe('req.auth0.user', () => {
  it('is changed by a handler for this request alone, however deep', async () => {
    const api = await startTrialApi();
    const seen: string[] = [];
    api.app.get('/', requiresAuth(), (req, res) => {
      seen.push(JSON.stringify(req.auth0.user));
      const user = req.auth0.user as Token & { deep: { list: { name: string }[] } };
      user.deep.list[0]!.name = 'changed';
      user.deep.list.push({ name: 'added' });
      (user.aud as string[])[0] = 'changed';
      user['added'] = true;
      delete user.scope;
      Object.freeze(user.deep);
      res.end();
    });
    const aud = [api.issuer.audience, 'b'];
    const token = api.issuer.accessToken({ aud, scope: 'a', deep: { list: [{ name: 'as issued' }] } });
    for (let request = 0; request < 3; request++) {
      expect((await api.get('/', token)).status).toBe(200);
    }
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toContain('as issued');
  });
});

describe('what is shown of req.auth0', () => {
  it('is never the token, and of the client nothing', async () => {
    const api = await startTrialApi({ clientId: 'the-client', clientSecret: 'the-secret' });
    const shown: string[] = [];
    let names: string[] = [];
    api.app.get('/', requiresAuth(), (req, res) => {
      const { auth0 } = req;
      names = [];
      for (const name in auth0) names.push(name);
      shown.push(
        JSON.stringify([auth0, Object.entries(auth0), Object.values(auth0), Object.assign({}, auth0)]),
        JSON.stringify(structuredClone(auth0)),
        format('%s %o %O %j', auth0, auth0.client, auth0, auth0),
        inspect({ ...auth0 }, { depth: Infinity, showHidden: true, getters: true }),
        inspect(auth0.client, { depth: Infinity, showHidden: true, getters: true }),
      );
      res.end();
    });
    const token = api.issuer.accessToken();
    await api.get('/', token);
    expect(names).toEqual(['client', 'user']);
    expect(shown).toHaveLength(5);
    for (const text of shown) {
      for (const secret of [...token.split('.'), 'the-client', 'the-secret', api.issuer.keys[0]?.kid]) {
        expect(text).not.toContain(secret);
      }
    }
  });
});
