import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  claimCheck,
  claimEquals,
  claimIncludes,
  requiresAuth,
  scopesInclude,
} from '@auth0/auth0-express-api';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import { respond } from '../../src/respond.js';
import { startTrialApi } from '../support/trial-api.js';

/** Promises nobody took care of while something went on. */
async function collectRejections(work: () => Promise<void>): Promise<unknown[]> {
  const rejections: unknown[] = [];
  const note = (reason: unknown): unknown => rejections.push(reason);
  process.on('unhandledRejection', note);
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  return rejections;
}

describe('B, an answer and what is around it', () => {
  it('B9 B12 takes the place of caching headers, and leaves those of CORS', async () => {
    const api = await startTrialApi();
    api.app.use((_req, res, next) => {
      res.set({
        'Cache-Control': 'public, max-age=3600',
        'WWW-Authenticate': 'Basic',
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Expose-Headers': 'WWW-Authenticate',
      });
      next();
    });
    api.app.get('/', requiresAuth({ scopes: 'a' }));
    for (const token of [undefined, 'x', api.issuer.accessToken()]) {
      const { headers } = await api.get('/', token);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')).toBe('WWW-Authenticate');
    }
  });

  it('A23 B12 lets a preflight through that CORS answers before, and refuses one that it does not', async () => {
    const api = await startTrialApi();
    const cors: RequestHandler = (req, res, next) => {
      if (req.method === 'OPTIONS' && req.headers.origin === 'https://app.example') res.status(204).end();
      else next();
    };
    api.app.use(cors, requiresAuth());
    const lines = ['Access-Control-Request-Method: GET', 'Access-Control-Request-Headers: authorization'];
    expect(await api.raw('/', ['Origin: https://app.example', ...lines], 'OPTIONS')).toMatch(
      /^HTTP\/1\.1 204 /,
    );
    expect(await api.raw('/', ['Origin: https://evil.example', ...lines], 'OPTIONS')).toMatch(
      /^HTTP\/1\.1 401 /,
    );
  });

  it('B10 gives each challenge a line of its own', async () => {
    const challenges = ['Bearer', 'DPoP algs="ES256"'];
    const headers = { 'WWW-Authenticate': challenges, 'Cache-Control': 'no-store' };
    const server = createServer((_req, res) => respond(res, { statusCode: 401, headers })).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const request = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.close();
    expect(request.headers.get('www-authenticate')).toBe(challenges.join(', '));
    expect(await request.text()).toBe('');
  });

  it.each<[string, RequestHandler]>([
    ['requiresAuth', requiresAuth()],
    ['scopesInclude', scopesInclude('a')],
    ['claimEquals', claimEquals('a', 1)],
    ['claimIncludes', claimIncludes('a', 1)],
    ['claimCheck', claimCheck(() => false)],
    ['claimCheck, which waits', claimCheck(async () => false)],
  ])('B11 adds nothing to an answer that is already there: %s', async (_name, check) => {
    const api = await startTrialApi();
    const errors: unknown[] = [];
    const noteError: ErrorRequestHandler = (error: Error, _req, _res, next) => {
      errors.push(error);
      next(error);
    };
    const answerFirst: RequestHandler = (_req, res, next) => {
      res.status(202).end('already answered');
      next();
    };
    api.app.get('/', answerFirst, check);
    api.app.use(noteError);
    const rejections = await collectRejections(async () => {
      const response = await api.get('/');
      expect([response.status, await response.text()]).toEqual([202, 'already answered']);
    });
    expect([errors, rejections]).toEqual([[], []]);
  });

  it.each(['expired', undefined] as const)(
    'B11 outlives an answer that comes while the keys are fetched (token: %s)',
    async (bad) => {
      const issuer = await createTestIssuer();
      let answerFirst: (text: string) => void = () => {};
      const customFetch: typeof fetch = async (...request) => {
        answerFirst('too late');
        return issuer.fetch(...request);
      };
      const api = await startTrialApi({ customFetch }, issuer);
      api.app.use((_req, res, next) => {
        answerFirst = (text) => {
          if (!res.headersSent) res.status(504).end(text);
        };
        next();
      });
      issuer.setDown(bad === undefined);
      api.app.get('/', requiresAuth());
      const token = bad === undefined ? issuer.accessToken() : issuer.badToken(bad);
      const rejections = await collectRejections(async () => {
        const response = await api.get('/', token);
        expect([response.status, await response.text()]).toEqual([504, 'too late']);
        await expect.poll(() => api.events.length).toBe(1);
      });
      expect(rejections).toEqual([]);
      answerFirst = () => {};
      issuer.setDown(false);
      expect((await api.get('/')).status).toBe(401);
    },
  );

  it('B13 is made of a refusal of the core too, where a handler throws one to the default error handler', async () => {
    const api = await startTrialApi();
    api.app.get('/', (req, _res, next) => {
      const { token: accessToken = '' } = req.query as { token?: string };
      req.auth0.client.verifyAccessToken({ accessToken }).then(() => next(), next);
    });
    const refused = await api.get(`/?token=${api.issuer.badToken('expired')}`);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer realm="api", error="invalid_token", error_description="'exp' claim timestamp check failed"`,
    ]);
    const missing = await api.get('/');
    expect([missing.status, missing.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="api"']);
  });

  it('B13 leaves 500 to the default error handler where the program is wrong', async () => {
    const api = await startTrialApi();
    api.app.get(
      '/',
      (req, _res, next) => {
        Object.assign(req, { auth0: undefined });
        next();
      },
      requiresAuth(),
    );
    const response = await api.get('/', api.issuer.accessToken());
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([500, null]);
  });
});

describe('a middleware that somebody forgot to call', () => {
  const handlers = { requiresAuth, scopesInclude, claimEquals, claimIncludes, claimCheck };
  it.each(Object.entries(handlers))('lets nobody in: %s', async (_name, factory) => {
    const api = await startTrialApi();
    let isHandled = false;
    api.app.get('/', requiresAuth(), factory as unknown as RequestHandler, (_req, res) => {
      isHandled = true;
      res.end();
    });
    const response = await api.get('/', api.issuer.accessToken());
    expect([response.status, isHandled]).toEqual([500, false]);
  });
});
