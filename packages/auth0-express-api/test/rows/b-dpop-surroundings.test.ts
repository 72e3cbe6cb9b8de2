import {
  claimEquals,
  DpopNonceRequiredError,
  InsufficientScopeError,
  InvalidDpopProofError,
  InvalidRequestError,
  requiresAuth,
  scopesInclude,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
  type Auth0ApiOptions,
} from '@auth0/auth0-express-api';
import { createDpopClient, createTestIssuer } from '@auth0/auth0-api-js/testing';
import { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import { startTrialApi, type TrialApi } from '../support/trial-api.js';

const issuer = await createTestIssuer();
const dpopClient = createDpopClient();
const nonces = { dpop: { nonce: { secret: 'a secret of thirty-two bytes....' } } };

/** An API with routes that ask for more than a token. What is given stands before them. */
async function startApi(
  options: Partial<Auth0ApiOptions>,
  ...before: readonly RequestHandler[]
): Promise<TrialApi> {
  const api = await startTrialApi(options, issuer);
  const end: RequestHandler = (_req, res) => void res.end('in');
  for (const handler of before) api.app.use(handler);
  api.app.get('/scoped', requiresAuth({ scopes: 'read:all' }), end);
  api.app.get('/includes', requiresAuth(), scopesInclude('read:all'), end);
  api.app.get('/claimed', requiresAuth(), claimEquals('isAdmin', true), end);
  api.app.get('/', requiresAuth(), end);
  return api;
}

/** The header lines of a request with a bound token and a proof for it. */
function boundLines(path = '/', proofClaims: object = {}, scheme = 'DPoP'): string[] {
  const accessToken = issuer.boundToken(dpopClient, { isAdmin: false });
  const proof = dpopClient.proof({ url: `http://localhost${path}`, accessToken }, { ...proofClaims });
  return [`Authorization: ${scheme} ${accessToken}`, `DPoP: ${proof}`];
}

const linesOf = (response: string, name: string): string[] =>
  [...response.matchAll(new RegExp(`^${name}: (.*?)\r$`, 'gim'))].map(([, value = '']) => value);

/** Status and what a client goes on with. A nonce is another one in each test. */
const headOf = (response: string): unknown[] => [
  Number(response.slice(9, 12)),
  linesOf(response, 'WWW-Authenticate'),
  linesOf(response, 'Cache-Control'),
  linesOf(response, 'Retry-After'),
  linesOf(response, 'DPoP-Nonce').length,
];

/** A nonce that is good at this API. */
async function fetchNonce(api: TrialApi): Promise<string> {
  return linesOf(await api.raw('/', boundLines()), 'DPoP-Nonce')[0] ?? '';
}

/** The options, the request as it is sent with a good nonce, and the error that it is refused with. */
const refusals: readonly [string, Partial<Auth0ApiOptions>, string, (nonce: string) => string[], object][] = [
  ['no token', {}, '/', () => [], { constructor: VerifyAccessTokenError, reason: 'credentials_missing' }],
  ['no proof', {}, '/', () => boundLines().slice(0, 1), { constructor: InvalidDpopProofError }],
  ['no nonce', {}, '/', () => boundLines(), { constructor: DpopNonceRequiredError }],
  [
    'the method of another request',
    {},
    '/',
    (nonce) => boundLines('/', { nonce, htm: 'PUT' }),
    { constructor: InvalidDpopProofError, reason: 'proof_method_mismatch' },
  ],
  [
    'a bound token as Bearer',
    {},
    '/',
    (nonce) => boundLines('/', { nonce }, 'Bearer'),
    { constructor: VerifyAccessTokenError, reason: 'dpop_bound_token' },
  ],
  [
    'a proof of a bearer',
    {},
    '/',
    () => [`Authorization: Bearer ${issuer.accessToken()}`, 'DPoP: x'],
    { constructor: InvalidRequestError, statusCode: 400, reason: 'proof_with_bearer' },
  ],
  [
    'the scope of requiresAuth()',
    {},
    '/scoped',
    (nonce) => boundLines('/scoped', { nonce }),
    { constructor: InsufficientScopeError, statusCode: 403 },
  ],
  [
    'the scope of scopesInclude()',
    {},
    '/includes',
    (nonce) => boundLines('/includes', { nonce }),
    { constructor: InsufficientScopeError, statusCode: 403 },
  ],
  [
    'a claim of claimEquals()',
    {},
    '/claimed',
    (nonce) => boundLines('/claimed', { nonce }),
    { constructor: VerifyAccessTokenError, reason: 'claim_mismatch' },
  ],
  [
    'a replay store that is away',
    { dpop: { ...nonces.dpop, replay: { register: () => Promise.reject(new Error('away')) } } },
    '/',
    (nonce) => boundLines('/', { nonce }),
    { constructor: TemporarilyUnavailableError },
  ],
];

describe("B, the answers of DPoP with errors: 'next'", () => {
  it.each(refusals)(
    'B9 B10 have the headers they have without it: %s',
    async (_what, options, path, write, error) => {
      const answering = await startApi({ ...nonces, ...options });
      const passing = await startApi({ ...nonces, ...options, errors: 'next' });
      const seen: unknown[] = [];
      const handler: ErrorRequestHandler = (given, _req, res, _next) => {
        seen.push(given);
        res.end('of the handler');
      };
      passing.app.use(handler);
      const nonce = await fetchNonce(answering);
      const answered = await answering.raw(path, write(nonce));
      const passed = await passing.raw(path, write(nonce));
      expect(seen).toEqual([expect.objectContaining(error)]);
      expect(passed).toMatch(/\r\n\r\nof the handler$/);
      expect(headOf(passed)).toEqual(headOf(answered));
      expect(linesOf(passed, 'Cache-Control')).toEqual(['no-store']);
      expect(linesOf(passed, 'Content-Type')).toEqual([]);
      const isOutage = passed.startsWith('HTTP/1.1 503 ');
      expect(linesOf(passed, 'WWW-Authenticate')).toHaveLength(isOutage ? 0 : 2);
      expect(linesOf(passed, 'Retry-After')).toHaveLength(isOutage ? 1 : 0);
    },
  );

  it('are all of what is tried, each another answer', async () => {
    const heads = await Promise.all(
      refusals.map(async ([, options, path, write]) => {
        const api = await startApi({ ...nonces, ...options });
        return JSON.stringify(headOf(await api.raw(path, write(await fetchNonce(api)))));
      }),
    );
    // The two ways to ask for a scope are one to the client.
    expect(new Set(heads).size).toBe(refusals.length - 1);
  });

  it('B9 G29 have the nonce that was asked for, which is good at once', async () => {
    const api = await startApi({ ...nonces, errors: 'next' });
    const handler: ErrorRequestHandler = (_error, _req, res, _next) => void res.json({});
    api.app.use(handler);
    const nonce = await fetchNonce(api);
    expect(headOf(await api.raw('/', boundLines('/', { nonce })))).toEqual([200, [], ['no-store'], [], 1]);
  });

  it("B10 B13 have the challenges of both schemes, and the nonce, from Express's own error handler", async () => {
    const api = await startApi({ ...nonces, errors: 'next' });
    api.app.set('env', 'test');
    const response = await api.raw('/', boundLines());
    const description = 'The DPoP proof needs the nonce of the DPoP-Nonce header';
    expect(headOf(response)).toEqual([
      401,
      ['Bearer realm="api"', `DPoP error="use_dpop_nonce", error_description="${description}", algs="ES256"`],
      ['no-store'],
      [],
      1,
    ]);
  });
});

describe('B, the answers of DPoP and what is around them', () => {
  const exposed = 'WWW-Authenticate, DPoP-Nonce';
  const cors: RequestHandler = (req, res, next) => {
    res.set({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': exposed });
    if (req.method !== 'OPTIONS') return next();
    res.set('Access-Control-Allow-Headers', 'Authorization, DPoP').status(204).end();
  };

  it('B12 leave the headers of CORS, which let a page read nonce and challenge', async () => {
    const api = await startApi(nonces, cors);
    const nonce = await fetchNonce(api);
    for (const [status, path, lines] of [
      [401, '/', boundLines()],
      [401, '/', []],
      [403, '/scoped', boundLines('/scoped', { nonce })],
      [200, '/', boundLines('/', { nonce })],
    ] as const) {
      const response = await api.raw(path, ['Origin: https://app.example', ...lines]);
      expect(headOf(response)[0]).toBe(status);
      expect(linesOf(response, 'Access-Control-Allow-Origin')).toEqual(['*']);
      expect(linesOf(response, 'Access-Control-Expose-Headers')).toEqual([exposed]);
    }
  });

  it('B12 A23 let the preflight of a request with a proof through, and ask it for nothing', async () => {
    const api = await startApi(nonces, cors);
    const lines = [
      'Origin: https://app.example',
      'Access-Control-Request-Method: GET',
      'Access-Control-Request-Headers: authorization,dpop',
    ];
    const response = await api.raw('/', lines, 'OPTIONS');
    expect(headOf(response)).toEqual([204, [], [], [], 0]);
    expect(api.events).toEqual([]);
  });

  it('B10 replace challenges and caching of handlers before, which are not ours', async () => {
    const api = await startApi({ dpop: {} }, (_req, res, next) => {
      res.set({ 'WWW-Authenticate': 'Basic', 'Cache-Control': 'public' });
      next();
    });
    expect(headOf(await api.raw('/', []))).toEqual([
      401,
      ['Bearer', 'DPoP algs="ES256"'],
      ['no-store'],
      [],
      0,
    ]);
  });

  it('G13 take the proof for the whole path of a router in a router, query or not, and no other', async () => {
    const api = await startApi({ dpop: {} });
    const inner = Router();
    inner.get('/:id', requiresAuth(), (req, res) => void res.end(req.params['id']));
    api.app.use('/v1', Router().use('/items', inner));
    const send = async (target: string, named: string): Promise<unknown> =>
      headOf(await api.raw(target, boundLines(named)))[0];
    expect(await send('/v1/items/7', '/v1/items/7')).toBe(200);
    expect(await send('/v1/items/7?a=b', '/v1/items/7')).toBe(200);
    for (const named of ['/items/7', '/7', '/v1/items/8', '/v1/items', '/'])
      expect(await send('/v1/items/7', named)).toBe(401);
    expect(new Set(api.events.map((event) => 'reason' in event && event.reason))).toEqual(
      new Set(['proof_url_mismatch']),
    );
  });
});
