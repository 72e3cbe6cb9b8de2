import {
  claimCheck,
  claimEquals,
  memoryReplayStore,
  requiresAuth,
  scopesInclude,
  type Auth0ApiOptions,
  type UsedProof,
} from '@auth0/auth0-express-api';
import {
  badProofs,
  createDpopClient,
  createTestIssuer,
  type BadProofName,
} from '@auth0/auth0-api-js/testing';
import type { Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import { bodyOf, json, startTrialApi, type TrialApi } from '../support/trial-api.js';

const issuer = await createTestIssuer();
const dpopClient = createDpopClient();
const secret = 'a secret of thirty-two bytes....';
const algs = 'algs="ES256"';

async function startApi(options: Partial<Auth0ApiOptions> = { dpop: {} }): Promise<TrialApi> {
  const api = await startTrialApi(options, issuer);
  const end = (_req: Request, res: Response): void => void res.json({ ok: true });
  api.app.get('/scoped', requiresAuth({ scopes: 'read:all write:all' }), end);
  api.app.get('/includes', requiresAuth(), scopesInclude('read:all'), end);
  api.app.get('/claimed', requiresAuth(), claimEquals('isAdmin', true), end);
  api.app.get(
    '/checked',
    requiresAuth(),
    claimCheck(() => false),
    end,
  );
  api.app.get('/twice', requiresAuth(), requiresAuth({ scopes: 'read:all' }), end);
  api.app.get('/', requiresAuth(), end);
  return api;
}

/** The header lines of a request with a token that is bound to the client, and a proof for it. */
function boundLines(path = '/', claims: object = {}, proofClaims: object = {}): string[] {
  const accessToken = issuer.boundToken(dpopClient, { ...claims });
  const proof = dpopClient.proof({ url: `http://localhost${path}`, accessToken }, { ...proofClaims });
  return [`Authorization: DPoP ${accessToken}`, `DPoP: ${proof}`];
}

/** What of a response is decided here: status, challenges as they were sent, caching, nonces, type and body. */
function read(response: string): unknown[] {
  const lines = (name: string): string[] =>
    [...response.matchAll(new RegExp(`^${name}: (.*?)\r$`, 'gim'))].map(([, value = '']) => value);
  return [
    Number(response.slice(9, 12)),
    lines('WWW-Authenticate'),
    lines('Cache-Control'),
    lines('DPoP-Nonce').length,
    lines('Content-Type'),
    response.slice(response.indexOf('\r\n\r\n') + 4),
  ];
}

const refused = (
  status: number,
  challenges: string[],
  error: string,
  description: string,
  nonces = 0,
): unknown[] => [status, challenges, ['no-store'], nonces, [json], bodyOf(error, description)];
const errorOf = (error: string, description: string): string =>
  `error="${error}", error_description="${description.replaceAll('"', "'")}"`;

describe('B, the answers where DPoP is allowed', () => {
  it.each<[string, string[]]>([
    ['no token', []],
    ['another scheme', ['Authorization: Basic abc']],
    ['a scheme alone', ['Authorization: DPoP']],
    ['two tokens after the scheme', ['Authorization: DPoP a b']],
    ['a proof without a token', ['DPoP: abc']],
  ])('B1 have a challenge of each scheme without an error, and no body: %s', async (_what, lines) => {
    const api = await startApi();
    expect(read(await api.raw('/', lines))).toEqual([
      401,
      ['Bearer', `DPoP ${algs}`],
      ['no-store'],
      0,
      [],
      '',
    ]);
  });

  it('B2 have the error of a bearer in the Bearer challenge only', async () => {
    const api = await startApi();
    expect(read(await api.raw('/', ['Authorization: Bearer abc']))).toEqual(
      refused(
        401,
        [`Bearer ${errorOf('invalid_token', 'The access token is not a JWT')}`, `DPoP ${algs}`],
        'invalid_token',
        'The access token is not a JWT',
      ),
    );
    const description = 'DPoP-bound token requires the DPoP authentication scheme, not Bearer';
    const lines = boundLines();
    const asBearer = lines.map((line) => line.replace('Authorization: DPoP', 'Authorization: Bearer'));
    for (const sent of [asBearer, asBearer.slice(0, 1)])
      expect(read(await api.raw('/', sent))).toEqual(
        refused(
          401,
          [`Bearer ${errorOf('invalid_token', description)}`, `DPoP ${algs}`],
          'invalid_token',
          description,
        ),
      );
  });

  it('B2 have the error of a DPoP request in the DPoP challenge only', async () => {
    const api = await startApi();
    const of = (token: string): string[] => [`Authorization: DPoP ${token}`];
    const missing = 'A DPoP proof is required';
    expect(read(await api.raw('/', of(issuer.boundToken(dpopClient))))).toEqual(
      refused(
        401,
        ['Bearer', `DPoP ${errorOf('invalid_dpop_proof', missing)}, ${algs}`],
        'invalid_dpop_proof',
        missing,
      ),
    );
    const expired = '"exp" claim timestamp check failed';
    expect(read(await api.raw('/', of(issuer.badToken('expired'))))).toEqual(
      refused(
        401,
        ['Bearer', `DPoP ${errorOf('invalid_token', expired)}, ${algs}`],
        'invalid_token',
        expired,
      ),
    );
    const unbound = 'JWT Access Token has no jkt confirmation claim';
    expect(read(await api.raw('/', of(issuer.accessToken())))).toEqual(
      refused(
        401,
        ['Bearer', `DPoP ${errorOf('invalid_token', unbound)}, ${algs}`],
        'invalid_token',
        unbound,
      ),
    );
  });

  it('B3 are 400 for what contradicts itself', async () => {
    const api = await startApi();
    const bearer = `Authorization: Bearer ${issuer.accessToken()}`;
    const two = 'More than one method used for authentication';
    expect(read(await api.raw('/', [bearer, ...boundLines()]))).toEqual(
      refused(400, [`Bearer ${errorOf('invalid_request', two)}`, `DPoP ${algs}`], 'invalid_request', two),
    );
    expect(read(await api.raw('/', [...boundLines(), bearer]))).toEqual(
      refused(400, ['Bearer', `DPoP ${errorOf('invalid_request', two)}, ${algs}`], 'invalid_request', two),
    );
    const proven = 'DPoP proof requires the DPoP authentication scheme, not Bearer';
    expect(read(await api.raw('/', [bearer, 'DPoP: abc']))).toEqual(
      refused(
        400,
        [`Bearer ${errorOf('invalid_request', proven)}`, `DPoP ${algs}`],
        'invalid_request',
        proven,
      ),
    );
  });

  it('B4 B9 B10 have each attribute once, two header lines, no-store and 401, whatever is wrong with a proof', async () => {
    const api = await startApi();
    for (const name of Object.keys(badProofs) as BadProofName[]) {
      const accessToken = issuer.boundToken(dpopClient);
      const proof = dpopClient.badProof(name, { url: 'http://localhost/', accessToken });
      api.events.length = 0;
      const [status, challenges, ...others] = read(
        await api.raw('/', [`Authorization: DPoP ${accessToken}`, `DPoP: ${proof}`]),
      );
      expect(api.events).toMatchObject([
        { type: 'refusal', reason: badProofs[name].reason, statusCode: 401, issuer: issuer.issuer },
      ]);
      const [bearer, dpop = '', ...more] = challenges as string[];
      expect([status, bearer, more, ...others.slice(0, 3)]).toEqual([
        401,
        'Bearer',
        [],
        ['no-store'],
        0,
        [json],
      ]);
      const names = [...dpop.matchAll(/(\w+)="/g)].map(([, attribute]) => attribute);
      expect(names).toEqual(['error', 'error_description', 'algs']);
      expect(dpop).toMatch(/^DPoP error="(invalid_dpop_proof|invalid_token)", .*, algs="ES256"$/);
    }
  });

  it('let a bearer and a bound token pass, without a header of DPoP', async () => {
    const api = await startApi();
    const accepted = [200, [], [], 0, [json], '{"ok":true}'];
    expect(read(await api.raw('/', boundLines()))).toEqual(accepted);
    expect(read(await api.raw('/', [`Authorization: Bearer ${issuer.accessToken()}`]))).toEqual(accepted);
  });
});

describe('B, the answers to what a token lacks', () => {
  it.each<[string, string, number, string, string, string?]>([
    ['requiresAuth', '/scoped', 403, 'insufficient_scope', 'Insufficient scopes', 'read:all write:all'],
    ['scopesInclude', '/includes', 403, 'insufficient_scope', 'Insufficient scopes', 'read:all'],
    ['claimEquals', '/claimed', 401, 'invalid_token', "Unexpected 'isAdmin' value"],
    ['claimCheck', '/checked', 401, 'invalid_token', 'Invalid token claims'],
  ])(
    'B2 B9 are in the challenge of the scheme of the request: %s',
    async (_by, path, status, error, description, scope) => {
      const api = await startApi();
      const claims = { isAdmin: false };
      const text = errorOf(error, description) + (scope === undefined ? '' : `, scope="${scope}"`);
      expect(read(await api.raw(path, boundLines(path, claims)))).toEqual(
        refused(status, ['Bearer', `DPoP ${text}, ${algs}`], error, description),
      );
      expect(read(await api.raw(path, [`Authorization: Bearer ${issuer.accessToken(claims)}`]))).toEqual(
        refused(status, [`Bearer ${text}`, `DPoP ${algs}`], error, description),
      );
    },
  );

  it('let pass what lacks nothing', async () => {
    const api = await startApi();
    for (const path of ['/scoped', '/includes', '/twice'])
      expect(read(await api.raw(path, boundLines(path, { scope: 'read:all write:all' })))[0]).toBe(200);
    expect(read(await api.raw('/claimed', boundLines('/claimed', { isAdmin: true })))[0]).toBe(200);
  });
});

describe('B, the answers where DPoP is required', () => {
  it('B1 B2 have no Bearer challenge', async () => {
    const api = await startApi({ dpop: { mode: 'required', algorithms: ['ES256', 'EdDSA'] } });
    const none = [401, ['DPoP algs="ES256 EdDSA"'], ['no-store'], 0, [], ''];
    expect(read(await api.raw('/', []))).toEqual(none);
    expect(read(await api.raw('/', [`Authorization: Bearer ${issuer.accessToken()}`]))).toEqual(none);
    expect(read(await api.raw('/', [`Authorization: Bearer ${issuer.boundToken(dpopClient)}`]))).toEqual(
      none,
    );
    expect(read(await api.raw('/', boundLines()))[0]).toBe(200);
    const missing = 'A DPoP proof is required';
    expect(read(await api.raw('/', boundLines().slice(0, 1)))).toEqual(
      refused(
        401,
        [`DPoP ${errorOf('invalid_dpop_proof', missing)}, algs="ES256 EdDSA"`],
        'invalid_dpop_proof',
        missing,
      ),
    );
  });
});

describe('B, the answers where DPoP is off, or disabled', () => {
  it.each<[string, Partial<Auth0ApiOptions>]>([
    ['off', {}],
    ['disabled', { dpop: { mode: 'disabled' } }],
  ])('know no DPoP scheme: %s', async (_what, options) => {
    const api = await startApi(options);
    expect(read(await api.raw('/', boundLines()))).toEqual([401, ['Bearer'], ['no-store'], 0, [], '']);
    expect(read(await api.raw('/', []))).toEqual([401, ['Bearer'], ['no-store'], 0, [], '']);
    const bearer = `Authorization: Bearer ${issuer.accessToken()}`;
    expect(read(await api.raw('/', [bearer, 'DPoP: abc', 'DPoP: def']))[0]).toBe(200);
  });

  it('refuse a bound token of a bearer where nobody said anything of DPoP', async () => {
    const api = await startApi({});
    const description = 'DPoP-bound token requires the DPoP authentication scheme, not Bearer';
    expect(read(await api.raw('/', [`Authorization: Bearer ${issuer.boundToken(dpopClient)}`]))).toEqual(
      refused(401, [`Bearer ${errorOf('invalid_token', description)}`], 'invalid_token', description),
    );
    expect(api.events).toMatchObject([{ type: 'refusal', reason: 'dpop_bound_token' }]);
  });

  it('G20 let it pass where that was said in so many words, with an event', async () => {
    const api = await startApi({ dpop: { mode: 'disabled' } });
    expect(read(await api.raw('/', [`Authorization: Bearer ${issuer.boundToken(dpopClient)}`]))[0]).toBe(200);
    expect(api.events).toEqual([{ type: 'binding_ignored', method: 'dpop' }]);
  });
});

describe('B, the answers with nonces', () => {
  const startNonceApi = (): Promise<TrialApi> => startApi({ dpop: { nonce: { secret } } });
  const nonceIn = (response: string): string => /^DPoP-Nonce: (.*?)\r$/im.exec(response)?.[1] ?? '';

  it('B9 G29 ask for one with exactly one, and are not to be stored', async () => {
    const api = await startNonceApi();
    const response = await api.raw('/', boundLines());
    const description = 'The DPoP proof needs the nonce of the DPoP-Nonce header';
    expect(read(response)).toEqual(
      refused(
        401,
        ['Bearer', `DPoP ${errorOf('use_dpop_nonce', description)}, ${algs}`],
        'use_dpop_nonce',
        description,
        1,
      ),
    );
    expect(nonceIn(response)).toMatch(/^[\w-]{43}$/);
  });

  it('B9 G32 have one with 200 too, and are not to be stored', async () => {
    const api = await startNonceApi();
    const nonce = nonceIn(await api.raw('/', boundLines()));
    const response = await api.raw('/', boundLines('/', {}, { nonce }));
    expect(read(response)).toEqual([200, [], ['no-store'], 1, [json], '{"ok":true}']);
    expect(nonceIn(response)).toBe(nonce);
  });

  it('have exactly one whatever is refused, also behind requiresAuth()', async () => {
    const api = await startNonceApi();
    const nonce = nonceIn(await api.raw('/', boundLines()));
    for (const path of ['/scoped', '/includes', '/claimed', '/checked', '/twice'])
      expect(read(await api.raw(path, boundLines(path, {}, { nonce }))).slice(2, 4)).toEqual([
        ['no-store'],
        1,
      ]);
    expect(read(await api.raw('/', ['Authorization: DPoP abc'])).slice(2, 4)).toEqual([['no-store'], 1]);
    expect(
      read(await api.raw('/twice', boundLines('/twice', { scope: 'read:all' }, { nonce }))).slice(0, 4),
    ).toEqual([200, [], ['no-store'], 1]);
  });

  it('have none for bearers, and for who sends no token', async () => {
    const api = await startNonceApi();
    const bearer = `Authorization: Bearer ${issuer.accessToken()}`;
    expect(read(await api.raw('/', [bearer])).slice(0, 4)).toEqual([200, [], [], 0]);
    expect(read(await api.raw('/scoped', [bearer])).slice(0, 4)[3]).toBe(0);
    expect(read(await api.raw('/', [])).slice(3, 4)).toEqual([0]);
  });

  it('leave the caching of a handler of its own alone, where it says more', async () => {
    const api = await startNonceApi();
    api.app.get('/private', requiresAuth(), (_req, res) => {
      res.set('Cache-Control', 'private, no-store').json({});
    });
    const nonce = nonceIn(await api.raw('/', boundLines()));
    const response = await api.raw('/private', boundLines('/private', {}, { nonce }));
    expect(read(response).slice(0, 4)).toEqual([200, [], ['private, no-store'], 1]);
  });
});

describe('A19 and G22, what is used once', () => {
  it('A19 registers a proof once when requiresAuth() is mounted twice', async () => {
    const asked: UsedProof[] = [];
    const store = memoryReplayStore();
    const replay = { register: (proof: UsedProof) => asked.push(proof) > 0 && store.register(proof) };
    const api = await startApi({ dpop: { replay } });
    const lines = boundLines('/twice', { scope: 'read:all' });
    expect(read(await api.raw('/twice', lines))[0]).toBe(200);
    expect(asked).toHaveLength(1);
    expect(read(await api.raw('/twice', lines))[0]).toBe(401);
    expect(asked).toHaveLength(2);
  });

  it('G22 accepts one of a thousand requests with one proof that come at a time', async () => {
    const api = await startApi();
    let handled = 0;
    api.app.get('/counted', requiresAuth(), (_req, res) => {
      handled += 1;
      res.json({ handled });
    });
    const accessToken = issuer.boundToken(dpopClient);
    const url = `http://127.0.0.1:${api.port}/counted`;
    const headers = dpopClient.headers({ url, accessToken });
    const statuses = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const response = await fetch(url, { headers });
        await response.arrayBuffer();
        return response.status;
      }),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(999);
    expect(handled).toBe(1);
  });

  it('G2 takes no two proofs, on two lines or on one', async () => {
    const api = await startApi();
    const [authorization = '', proof = ''] = boundLines();
    const [, other = ''] = boundLines();
    const joined = `${proof}, ${other.slice('DPoP: '.length)}`;
    for (const lines of [[proof, other], [proof, proof], [proof, 'DPoP:'], [joined]]) {
      api.events.length = 0;
      expect(read(await api.raw('/', [authorization, ...lines]))[0]).toBe(401);
      expect(api.events).toMatchObject([{ type: 'refusal', reason: 'proof_multiple', statusCode: 401 }]);
    }
    expect(read(await api.raw('/', [authorization, proof]))[0]).toBe(200);
  });
});
