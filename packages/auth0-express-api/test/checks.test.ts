import {
  claimCheck,
  claimEquals,
  claimIncludes,
  requiresAuth,
  scopesInclude,
} from '@auth0/auth0-express-api';
import type { RequestHandler } from 'express';
import express from 'express';
import request from 'supertest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bodyOf, json, startTrialApi, summarise, type TrialApi } from './support/trial-api.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Sends a token with these claims to a route with this check. */
async function ask(check: RequestHandler, claims: object): Promise<{ api: TrialApi; response: Response }> {
  const api = await startTrialApi();
  api.app.get('/', requiresAuth(), check, (_req, res) => {
    res.end('in');
  });
  return { api, response: await api.get('/', api.issuer.accessToken({ ...claims })) };
}

async function expectRefused(check: RequestHandler, claims: object, description: string): Promise<TrialApi> {
  const { api, response } = await ask(check, claims);
  const header = `Bearer error="invalid_token", error_description="${description.replaceAll('"', "'").replaceAll(/[^ -~]/g, '')}"`;
  expect(await summarise(response)).toEqual([
    401,
    header,
    'no-store',
    json,
    bodyOf('invalid_token', description),
  ]);
  return api;
}

async function expectPassed(check: RequestHandler, claims: object): Promise<void> {
  expect((await ask(check, claims)).response.status).toBe(200);
}

describe('scopesInclude', () => {
  it.each<[RequestHandler, string, boolean]>([
    [scopesInclude(['a', 'b']), 'b', true],
    [scopesInclude('a b'), 'x a', true],
    [scopesInclude(['a', 'b'], { match: 'any' }), 'c', false],
    [scopesInclude(['a', 'b'], { match: 'all' }), 'b a', true],
    [scopesInclude('a b', { match: 'all' }), 'a', false],
  ])('passes with any of the scopes, or with all (%#)', async (check, scope, isAllowed) => {
    const { response } = await ask(check, { scope });
    if (isAllowed) expect(response.status).toBe(200);
    else
      expect(response.headers.get('www-authenticate')).toBe(
        'Bearer error="insufficient_scope", error_description="Insufficient scopes", scope="a b"',
      );
    if (!isAllowed) expect(response.status).toBe(403);
  });

  it('fails at creation without a scope or with a match that is none', () => {
    expect(() => scopesInclude(7 as never)).toThrow(
      new TypeError("'scopes' must be a string or array of strings"),
    );
    expect(() => scopesInclude([])).toThrow("'scopes' must contain at least one scope");
    expect(() => scopesInclude('a', { match: 'some' as never })).toThrow("'match' must be 'any' or 'all'");
    expect(() => scopesInclude('a', { macth: 'all' } as never)).toThrow("Did you mean 'match'?");
  });
});

describe('claimEquals', () => {
  it.each<[string | number | boolean | null, unknown]>([
    [true, true],
    ['x', 'x'],
    [0, 0],
    [null, null],
  ])('passes where the claim is %j', (value, claim) => expectPassed(claimEquals('c', value), { c: claim }));

  it.each<[string | number | boolean | null, unknown]>([
    [true, 1],
    [1, true],
    [1, '1'],
    [null, false],
    ['x', ['x']],
    ['x', { toString: 'x' }],
    ['x', 'X'],
  ])('I4 refuses %j where the claim is %j', async (value, claim) => {
    await expectRefused(claimEquals('c', value), { c: claim }, "Unexpected 'c' value");
  });

  it.each(['toString', '__proto__', 'constructor', 'hasOwnProperty', 'absent'])(
    'I4 misses %s, which is not the own of a token',
    async (claim) => {
      await expectRefused(claimEquals(claim, 'x'), {}, `Missing '${claim}' claim`);
    },
  );

  it('answers with the message it was given, safe for the header and whole in the body', async () => {
    await expectRefused(
      claimEquals('c', 1, { errorMessage: 'Nur für "Admins" 🙂' }),
      { c: 2 },
      'Nur für "Admins" 🙂',
    );
  });

  it('fails at creation with what cannot work', () => {
    expect(() => claimEquals(7 as never, 1)).toThrow(new TypeError("'claim' must be a string"));
    for (const value of [undefined, {}, [], Number.NaN, () => true]) {
      expect(() => claimEquals('c', value as never)).toThrow(
        new TypeError("'value' must be a string, number, boolean or null"),
      );
    }
    expect(() => claimEquals('c', 1, { errorMesage: 'x' } as never)).toThrow("Did you mean 'errorMessage'?");
    expect(() => claimEquals('c', 1, { errorMessage: '' })).toThrow(
      "'errorMessage' must be a non-empty string",
    );
  });
});

describe('claimIncludes', () => {
  it.each<[RequestHandler, unknown]>([
    [claimIncludes('roles', ['admin', 'editor']), ['editor', 'x', 'admin']],
    [claimIncludes('roles', 'admin', 'editor'), ['editor', 'admin']],
    [claimIncludes('roles', ['admin']), 'x admin y'],
    [claimIncludes('roles', 1, null, true), [true, null, 1]],
  ])('passes where the claim has all of the values (%#)', (check, roles) => expectPassed(check, { roles }));

  it.each<[RequestHandler, unknown]>([
    [claimIncludes('roles', ['admin', 'editor']), ['admin']],
    [claimIncludes('roles', 'admin', 'editor'), ['admin']],
    [claimIncludes('roles', ['admin']), 'superadmin'],
    [claimIncludes('roles', ['admin']), ['superadmin']],
    [claimIncludes('roles', ['admin']), { includes: true, admin: true, 0: 'admin', length: 1 }],
    [claimIncludes('roles', [1]), '1'],
    [claimIncludes('roles', [1]), 1],
    [claimIncludes('roles', [1]), [true]],
  ])('I3 refuses where it does not (%#)', async (check, roles) => {
    await expectRefused(check, { roles }, "Unexpected 'roles' value");
  });

  it('misses a claim that is not there, and answers with its message otherwise', async () => {
    await expectRefused(claimIncludes('roles', ['a'], { errorMessage: 'No' }), {}, "Missing 'roles' claim");
    await expectRefused(claimIncludes('roles', ['a'], { errorMessage: 'No' }), { roles: [] }, 'No');
  });

  it('fails at creation without a value, which would let everybody in', () => {
    expect(() => claimIncludes('roles', [])).toThrow("'expected' must hold at least one value");
    expect(() => claimIncludes('roles')).toThrow("'expected' must hold at least one value");
    expect(() => claimIncludes('roles', [{}] as never)).toThrow(
      "'expected' values must be strings, numbers, booleans or null",
    );
    expect(() => claimIncludes('', ['a'])).toThrow("'claim' must be a string");
  });
});

describe('claimCheck', () => {
  it('passes where the function says true, at once or later', async () => {
    await expectPassed(
      claimCheck((req, token) => token['tier'] === 'premium' && req.path === '/'),
      { tier: 'premium' },
    );
    await expectPassed(
      claimCheck(async (_req, token) => Promise.resolve(token['tier'] === 'premium')),
      { tier: 'premium' },
    );
  });

  it('refuses where it says false or nothing, with either form of the message', async () => {
    await expectRefused(
      claimCheck(() => false),
      {},
      'Invalid token claims',
    );
    await expectRefused(
      claimCheck(() => undefined),
      {},
      'Invalid token claims',
    );
    await expectRefused(
      claimCheck(async () => Promise.resolve(false), { errorMessage: 'Premium only' }),
      {},
      'Premium only',
    );
    await expectRefused(
      claimCheck(() => false, 'Premium only'),
      {},
      'Premium only',
    );
  });

  it.each<[string, RequestHandler]>([
    [
      'throws',
      claimCheck(function isPremium() {
        throw new TypeError('secret claim value');
      }, 'No'),
    ],
    [
      'rejects',
      claimCheck(async function isPremium() {
        return Promise.reject(new TypeError('secret claim value'));
      }, 'No'),
    ],
  ])('E15 refuses where it %s, and tells the programmer where, but not what', async (_what, check) => {
    const api = await expectRefused(check, {}, 'No');
    expect(api.events).toEqual([
      {
        type: 'misuse',
        reason: 'claim_check_threw',
        message: expect.stringMatching(/claimCheck\(isPremium\).*TypeError at .*checks\.test\.ts/),
      },
      { type: 'refusal', reason: 'claim_check_failed', statusCode: 401, issuer: api.issuer.issuer },
    ]);
    expect(JSON.stringify(api.events)).not.toContain('secret');
  });

  it.each([1, 'yes', {}, [], null])(
    'E15 refuses where it answers %j, which is no boolean, and says so',
    async (answer) => {
      const api = await expectRefused(
        claimCheck(() => answer as never),
        {},
        'Invalid token claims',
      );
      expect(api.events[0]).toMatchObject({ type: 'misuse', reason: 'claim_check_result' });
    },
  );

  it('refuses where the thrown error is odd, and never quotes its message', async () => {
    const odd = Object.assign(new Error('claim\n    at secret (claim)'), { constructor: undefined });
    const api = await expectRefused(
      claimCheck(() => {
        throw odd;
      }),
      {},
      'Invalid token claims',
    );
    expect(JSON.stringify(api.events)).not.toContain('secret');
  });

  it('fails at creation without a function', () => {
    expect(() => claimCheck('x' as never)).toThrow(new TypeError("'fn' must be a function"));
  });
});

describe('a check without requiresAuth() before it', () => {
  const invalid = bodyOf('invalid_token', 'No token found');
  it.each<[string, () => RequestHandler, number, string]>([
    ['scopesInclude', () => scopesInclude('a'), 403, bodyOf('insufficient_scope', 'Insufficient scopes')],
    ['claimEquals', () => claimEquals('a', 1), 401, invalid],
    ['claimIncludes', () => claimIncludes('a', 1), 401, invalid],
    ['claimCheck', () => claimCheck(() => true), 401, invalid],
  ])('I2 refuses everybody, and %s logs once', async (name, create, status, body) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const api = await startTrialApi({ onEvent: undefined } as object);
    api.app.get('/', create(), (_req, res) => {
      res.end('in');
    });
    for (const token of [undefined, api.issuer.accessToken({ scope: 'a', a: 1 })]) {
      const response = await api.get('/', token);
      expect([response.status, await response.text()]).toEqual([status, body]);
    }
    expect(log.mock.calls).toEqual([
      [
        `[auth0-api] ${name}() refuses every request of a route that has no requiresAuth() before it. Put requiresAuth() first.`,
      ],
    ]);
  });

  it('I2 refuses without createAuth0Api() too, and logs once', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const app = express().get('/', claimEquals('a', 1), (_req, res) => res.end('in'));
    await request(app).get('/').expect(401);
    await request(app).get('/').expect(401);
    expect(log.mock.calls).toEqual([[expect.stringMatching(/^\[auth0-api\] claimEquals\(\) refuses every/)]]);
  });

  it('I2 tells onEvent of it, where there is one, and logs nothing', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const api = await startTrialApi();
    api.app.get(
      '/',
      claimCheck(() => true),
    );
    await api.get('/', api.issuer.accessToken());
    expect(api.events).toEqual([
      {
        type: 'misuse',
        reason: 'not_authenticated',
        message: expect.stringContaining('claimCheck() refuses'),
      },
      { type: 'refusal', reason: 'not_authenticated', statusCode: 401, issuer: api.issuer.issuer },
    ]);
    expect(log).not.toHaveBeenCalled();
  });
});

describe('the checks together', () => {
  it('call next in the same tick', async () => {
    const api = await startTrialApi();
    let isSameTick = false;
    api.app.get(
      '/',
      requiresAuth(),
      (_req, _res, next) => {
        isSameTick = true;
        queueMicrotask(() => (isSameTick = false));
        process.nextTick(() => (isSameTick = false));
        next();
      },
      scopesInclude('a'),
      claimEquals('tier', 'gold'),
      claimIncludes('roles', 'admin'),
      claimCheck(() => true),
      (_req, res) => {
        res.json(isSameTick);
      },
    );
    const token = api.issuer.accessToken({ scope: 'a', tier: 'gold', roles: ['admin'] });
    expect(await (await api.get('/', token)).json()).toBe(true);
  });

  it('give the function of claimCheck() the request and its claims', async () => {
    const check = claimCheck((req, token) => req.auth0.user === token && req.query['tier'] === token['tier']);
    const api = await startTrialApi();
    api.app.get('/', requiresAuth(), check, (_req, res) => {
      res.end();
    });
    const token = api.issuer.accessToken({ tier: 'gold' });
    expect((await api.get('/?tier=gold', token)).status).toBe(200);
    expect((await api.get('/?tier=tin', token)).status).toBe(401);
  });
});
