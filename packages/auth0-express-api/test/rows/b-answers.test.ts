import { connect } from 'node:net';
import { claimEquals, requiresAuth } from '@auth0/auth0-express-api';
import { badTokens, createTestIssuer, type BadTokenName } from '@auth0/auth0-api-js/testing';
import type { Express, NextFunction, Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import { json, startTrialApi, type TrialApi } from '../support/trial-api.js';

async function startApi(): Promise<TrialApi> {
  const api = await startTrialApi();
  api.app.get('/scoped', requiresAuth({ scopes: 'read:all' }), end);
  api.app.get('/claimed', requiresAuth(), claimEquals('isAdmin', true), end);
  api.app.get('/', requiresAuth(), end);
  return api;
}

function end(_req: Request, res: Response): void {
  res.end();
}

/** All kinds of refusals, as raw responses. */
async function collectRefusals(api: TrialApi): Promise<string[]> {
  const good = `Authorization: Bearer ${api.issuer.accessToken()}`;
  const names = Object.keys(badTokens) as BadTokenName[];
  return Promise.all([
    api.raw('/', []),
    api.raw('/', [good, good]),
    api.raw('/scoped', [good]),
    api.raw('/claimed', [good]),
    ...names.map((name) => api.raw('/', [`Authorization: Bearer ${api.issuer.badToken(name)}`])),
  ]);
}

describe('B, the answers', () => {
  it('B4 B9 B10 B14 has one challenge, no-store and a JSON body of one shape in every refusal', async () => {
    const api = await startApi();
    for (const response of await collectRefusals(api)) {
      expect(response.match(/^WWW-Authenticate: /gim)).toHaveLength(1);
      expect(response).toMatch(/^Cache-Control: no-store\r$/m);
      const challenge = /^WWW-Authenticate: Bearer(.*)\r$/m.exec(response)?.[1] ?? '?';
      const names = [...challenge.matchAll(/(\w+)="/g)].map(([, name]) => name);
      expect(new Set(names).size).toBe(names.length);
      const body = response.slice(response.indexOf('\r\n\r\n') + 4);
      if (challenge === '') {
        expect(body).toBe('');
        continue;
      }
      expect(response).toContain(`Content-Type: ${json}`);
      expect(Object.keys(JSON.parse(body) as object)).toEqual(['error', 'error_description']);
    }
  });

  it('B6 B8 says nothing of the token, of keys, stacks or addresses', async () => {
    const api = await startApi();
    const { kid, n } = api.issuer.keys[0] as unknown as { kid: string; n: string };
    for (const response of await collectRefusals(api)) {
      for (const secret of [
        kid,
        n,
        'issuer.test',
        'auth0|test-user',
        'another-',
        'node_modules',
        '.ts',
        '127.0.0.1',
        'jwks',
      ]) {
        expect(response).not.toContain(secret);
      }
    }
  });

  it('B2 A2 gives another scheme the bare challenge, and a bad token its error', async () => {
    const api = await startApi();
    expect(await api.raw('/', ['Authorization: DPoP abc'])).toMatch(/^WWW-Authenticate: Bearer\r$/m);
    expect(await api.raw('/', ['Authorization: Bearer abc'])).toMatch(
      /^WWW-Authenticate: Bearer error="invalid_token"/m,
    );
  });

  it.each<[string, (app: Express) => void]>([
    ['the default error handler', () => {}],
    [
      'an error handler of the application',
      (app) =>
        app.use((_error: Error, _req: Request, res: Response, _next: NextFunction) => {
          res.status(500).end('never asked');
        }),
    ],
  ])('B13 answers by itself with %s', async (_what, addHandler) => {
    const api = await startApi();
    addHandler(api.app);
    expect((await api.get('/')).status).toBe(401);
    expect((await api.get('/scoped', api.issuer.accessToken())).status).toBe(403);
  });

  it('A20 survives a client that leaves while the keys are fetched', async () => {
    const issuer = await createTestIssuer();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const customFetch: typeof fetch = async (...args) => held.then(() => issuer.fetch(...args));
    const api = await startTrialApi({ customFetch }, issuer);
    const closed = new Promise((resolve) => {
      api.app.use((req, _res, next) => {
        req.once('close', resolve);
        next();
      });
    });
    api.app.get('/', requiresAuth(), end);
    const port = Number(new URL((await api.get('/nothing')).url).port);
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${issuer.badToken('expired')}\r\n\r\n`,
      () => socket.destroy(),
    );
    await closed;
    release();
    expect((await api.get('/', issuer.accessToken())).status).toBe(200);
  });
});
