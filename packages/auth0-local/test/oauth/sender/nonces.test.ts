import { createDpopClient } from '@auth0/auth0-api-js/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { updateApplication } from '../../../src/tenant/applications.js';
import { nowSeconds } from '../../../src/tenant/tenant.js';
import type { TrialAnswer } from '../../support/ask.js';
import { boundSeed } from '../../support/bound-seed.js';
import { createProver } from '../../support/create-prover.js';
import {
  createCode,
  redirectUri,
  requestToken,
  type CodeOverrides,
  type TokenAnswer,
} from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { web, machine } = applications;
const method = 'POST';
const minute = 60_000;
const publicClient = { client_id: 'public-client' };
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const nonceRequired = {
  error: 'use_dpop_nonce',
  error_description: 'Authorization server requires nonce in DPoP proof',
};
const login = {
  ...publicClient,
  grant_type: 'password',
  username: users.plain.email,
  password: users.plain.password,
  audience,
  scope: 'openid offline_access',
};

describe('the nonce of a proof', () => {
  const client = createDpopClient();
  let open: OpenTenant;
  beforeEach(async () => {
    open = await openTenant(boundSeed({ mechanism: 'dpop', required: true }));
    return () => open.close();
  });

  const send = (
    nonce: unknown,
    body: Record<string, unknown> = login,
    headers: Record<string, string> = {},
  ): Promise<TrialAnswer<TokenAnswer>> => {
    const claims = { iat: nowSeconds(open.tenant), nonce };
    const dpop = client.proof({ method, url: `${open.site.url}/oauth/token` }, claims);
    return open.ask<TokenAnswer>(method, '/oauth/token', { body, headers: { ...headers, dpop } });
  };
  const readNonce = ({ headers }: TrialAnswer): string => {
    const nonce = headers.get('dpop-nonce');
    if (nonce === null) throw new Error('there is no nonce');
    return nonce;
  };
  const expectChallenge = (answer: TrialAnswer): void => {
    expect([answer.status, answer.body]).toEqual([400, nonceRequired]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  };

  it.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['a number', 1],
    ['a list', [['a'.repeat(43)]]],
    ['another text', 'a'.repeat(43)],
    ['very long', 'a'.repeat(4000)],
  ])('is asked for where it is %s', async (_, nonce) => {
    const answer = await send(nonce);
    expectChallenge(answer);
    expect((await send(readNonce(answer))).status).toBe(200);
  });

  it('is the same for many requests, and comes with each answer', async () => {
    const nonce = readNonce(await send(undefined));
    for (let round = 0; round < 3; round += 1) {
      const answer = await send(nonce);
      expect([answer.status, readNonce(answer)]).toEqual([200, nonce]);
    }
    // Also where the request is refused for something else.
    const refused = await send(nonce, { ...login, password: 'wrong-password' });
    expect([refused.body.error, readNonce(refused)]).toEqual(['invalid_grant', nonce]);
  });

  it('changes with the time; the one before is still good, and those before it are not', async () => {
    const first = readNonce(await send(undefined));
    open.advance(5 * minute);
    const answer = await send(first);
    const second = readNonce(answer);
    expect(answer.status).toBe(200);
    expect(second).not.toBe(first);

    open.advance(5 * minute);
    const stale = await send(first);
    expectChallenge(stale);
    const third = readNonce(stale);
    expect(new Set([first, second, third]).size).toBe(3);
    expect((await send(second)).status).toBe(200);
    expect((await send(third)).status).toBe(200);
  });

  it('tells the age of a proof by the clock of the tenant, whatever that of the client says', async () => {
    const nonce = readNonce(await send(undefined));
    const proof = (iat: number): string =>
      client.proof({ method, url: `${open.site.url}/oauth/token`, nonce }, { iat });
    for (const iat of [0, nowSeconds(open.tenant) + 86_400]) {
      const answer = await open.ask(method, '/oauth/token', { body: login, headers: { dpop: proof(iat) } });
      expect(answer.status).toBe(200);
    }
  });

  it('does not make a proof good for a second time', async () => {
    const nonce = readNonce(await send(undefined));
    const dpop = client.proof(
      { method, url: `${open.site.url}/oauth/token`, nonce },
      { iat: nowSeconds(open.tenant) },
    );
    const ask = () => open.ask<TokenAnswer>(method, '/oauth/token', { body: login, headers: { dpop } });
    expect((await ask()).status).toBe(200);
    // The nonce is still accepted then, as the one before.
    open.advance(5 * minute);
    const { status, body } = await ask();
    expect([status, body.error_description]).toEqual([400, 'The DPoP proof has been used before']);
  });

  describe('that is missing', () => {
    const overrides: CodeOverrides = {
      client_id: publicClient.client_id,
      code_challenge: verifier,
      code_challenge_method: 'plain',
    };

    it('leaves a code unused', async () => {
      for (const dpopJkt of [undefined, client.thumbprint]) {
        const body = {
          ...publicClient,
          grant_type: 'authorization_code',
          code: createCode(open, { ...overrides, ...(dpopJkt !== undefined && { dpop_jkt: dpopJkt }) }),
          code_verifier: verifier,
          redirect_uri: redirectUri,
        };
        const answer = await send(undefined, body);
        expectChallenge(answer);
        expectChallenge(await send('stale', body));
        const { status, body: tokens } = await send(readNonce(answer), body);
        expect([status, tokens.token_type]).toEqual([200, 'DPoP']);
      }
    });

    it('leaves a refresh token unused, also one that rotates at once', async () => {
      updateApplication(open.tenant, publicClient.client_id, {
        refresh_token: { rotation_type: 'rotating', leeway: 0 },
      });
      const nonce = readNonce(await send(undefined));
      const { body: tokens } = await send(nonce);
      const body = { ...publicClient, grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
      expectChallenge(await send(undefined, body));
      open.advance(1000);
      expectChallenge(await send('stale', body));
      const { status, body: next } = await send(nonce, body);
      expect([status, next.token_type]).toEqual([200, 'DPoP']);
      expect(next.refresh_token).not.toBe(tokens.refresh_token);
    });

    it('does not count as a try of a password', async () => {
      expectChallenge(await send(undefined, { ...login, password: 'wrong-password' }));
      expect(open.tenant.log.list()).toEqual([]);
    });
  });

  it('is asked of public applications alone, from the moment at which they are', async () => {
    const body = { ...login, ...web };
    const confidential = await send(undefined, body);
    expect([confidential.status, confidential.headers.get('dpop-nonce')]).toEqual([200, null]);
    expect((await send('of somebody else', body)).status).toBe(200);
    updateApplication(open.tenant, web.client_id, { token_endpoint_auth_method: 'none' });
    expectChallenge(await send(undefined, { ...login, client_id: web.client_id }));
  });

  it('of a public application is not asked for by the profile', async () => {
    const prover = createProver(open);
    const { body } = await prover.request(login);
    const answer = await open.ask('GET', '/userinfo', {
      headers: prover.headers(body.access_token, 'GET', '/userinfo'),
    });
    expect([answer.status, answer.headers.get('dpop-nonce')]).toEqual([200, null]);
  });

  it('is for those who send a proof', async () => {
    const { status, headers, body } = await requestToken(open.ask, login);
    expect([status, body.error, headers.get('dpop-nonce')]).toEqual([400, 'invalid_dpop_proof', null]);
    expect(body.error_description).toBe(
      'The API "My Express API" requires proof of possession. Let the client send a DPoP proof in the header DPoP, as auth0-spa-js does with useDpop: true.',
    );
    const answer = await send(undefined, { grant_type: 'client_credentials', ...machine, audience });
    expect([answer.status, answer.headers.get('dpop-nonce')]).toEqual([200, null]);
  });

  describe('and pages', () => {
    const origin = 'http://localhost:3000';
    const stranger = 'https://stranger.example.com';
    const preflight = (from: string, path = '/oauth/token'): Promise<TrialAnswer> =>
      open.ask('OPTIONS', path, {
        headers: {
          origin: from,
          'access-control-request-method': method,
          'access-control-request-headers': 'content-type,dpop',
        },
      });

    it.each(['/oauth/token', '/userinfo'])('of an application may send proofs to %s', async (path) => {
      const { status, headers } = await preflight(origin, path);
      expect([status, headers.get('access-control-allow-origin')]).toEqual([204, origin]);
      const allowed = headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
      expect(allowed).toEqual(expect.arrayContaining(['authorization', 'content-type', 'dpop']));
    });

    it('of an application can read it, of the challenge and of tokens', async () => {
      const challenge = await send(undefined, login, { origin });
      expectChallenge(challenge);
      for (const answer of [challenge, await send(readNonce(challenge), login, { origin })]) {
        expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
        expect(answer.headers.get('access-control-expose-headers')?.split(', ')).toContain('DPoP-Nonce');
      }
    });

    it('of a stranger can neither send one nor read it', async () => {
      const { headers } = await preflight(stranger);
      expect([
        headers.get('access-control-allow-origin'),
        headers.get('access-control-allow-headers'),
      ]).toEqual([null, null]);
      const answer = await send(undefined, login, { origin: stranger });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('access-control-expose-headers')).toBeNull();
    });
  });
});
