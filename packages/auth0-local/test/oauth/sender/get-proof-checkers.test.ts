import { createDpopClient } from '@auth0/auth0-api-js/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundSeed } from '../../support/bound-seed.js';
import { createFetchWithCa } from '../../support/fetch-with-ca.js';
import type { TokenAnswer } from '../../support/flow-requests.js';
import { createProver } from '../../support/create-prover.js';
import { openTenantForTest } from '../../support/open-tenant.js';
import {
  applications,
  audience,
  startTrialTenant,
  users,
  type TrialTenant,
} from '../../support/trial-tenant.js';

const method = 'POST';
const issuer = 'https://localhost:4443';
const machineRequest = { grant_type: 'client_credentials', ...applications.machine, audience };
const publicRequest = {
  grant_type: 'password',
  client_id: 'public-client',
  username: users.plain.email,
  password: users.plain.password,
  audience,
  scope: 'openid',
};

describe('a tenant with an issuer of its own', () => {
  const client = createDpopClient();
  let trial: TrialTenant;
  let send: Record<'http' | 'https', (path: string, init: RequestInit) => Promise<Response>>;
  beforeAll(async () => {
    trial = await startTrialTenant({ seed: boundSeed({ mechanism: 'dpop', required: true }), issuer });
    const { urls, ca } = trial.tenant;
    const fetchSecurely = createFetchWithCa(ca);
    send = {
      http: (path, init) => fetch(`${urls.http}${path}`, init),
      https: (path, init) => fetchSecurely(`${urls.https}${path}`, init),
    };
  });
  afterAll(() => trial.tenant.close());

  const request = async (
    listener: 'http' | 'https',
    dpop: string,
    body: Record<string, string> = machineRequest,
  ): Promise<{ readonly status: number; readonly nonce: string | null; readonly body: TokenAnswer }> => {
    const answer = await send[listener]('/oauth/token', {
      method,
      headers: { dpop },
      body: new URLSearchParams(body),
    });
    return {
      status: answer.status,
      nonce: answer.headers.get('dpop-nonce'),
      body: (await answer.json()) as TokenAnswer,
    };
  };

  it('takes proofs that name its issuer on each of its listeners, and each proof once', async () => {
    const url = `${issuer}/oauth/token`;
    for (const [first, second] of [
      ['http', 'https'],
      ['https', 'http'],
    ] as const) {
      const proof = client.proof({ method, url });
      expect((await request(first, proof)).status).toBe(200);
      const again = await request(second, proof);
      expect([again.status, again.body]).toEqual([
        400,
        { error: 'invalid_dpop_proof', error_description: 'The DPoP proof has been used before' },
      ]);
    }
  });

  it('takes the proof of a user once as well', async () => {
    const url = `${issuer}/oauth/token`;
    const { nonce } = await request('http', client.proof({ method, url }), publicRequest);
    const proof = client.proof({ method, url, nonce: nonce ?? '' });
    const { status, body } = await request('https', proof, publicRequest);
    expect(status).toBe(200);
    const headers = client.headers({ url: `${issuer}/userinfo`, accessToken: body.access_token });
    expect((await send.https('/userinfo', { headers })).status).toBe(200);
    expect((await send.http('/userinfo', { headers })).status).toBe(401);
  });

  it('takes proofs that name the listener that was asked', async () => {
    for (const listener of ['http', 'https'] as const) {
      const url = `${trial.tenant.urls[listener]}/oauth/token`;
      expect((await request(listener, client.proof({ method, url }))).status).toBe(200);
    }
  });

  it.each([
    ['another port', 'https://localhost:1/oauth/token'],
    ['another host', 'https://tenant.example.com/oauth/token'],
    ['another path', `${issuer}/oauth/tokens`],
    ['a user', 'https://user@localhost:4443/oauth/token'],
    ['no URL', 'oauth/token'],
  ])('takes none that names %s', async (_, htu) => {
    const proof = client.proof({ method, url: `${issuer}/oauth/token` }, { htu });
    const { status, body } = await request('http', proof);
    expect([status, body]).toEqual([
      400,
      { error: 'invalid_dpop_proof', error_description: 'DPoP proof "htu" mismatch' },
    ]);
  });
});

describe('a proof for one tenant', () => {
  it('needs a nonce of that tenant, and not of another', async () => {
    const seed = boundSeed({ mechanism: 'dpop', required: true });
    const [open, other] = [await openTenantForTest(seed), await openTenantForTest(seed)];
    const ask = (tenant: typeof open, nonce?: string) => {
      const url = `${tenant.site.url}/oauth/token`;
      const dpop = createDpopClient().proof(
        { method, url, ...(nonce !== undefined && { nonce }) },
        { iat: tenant.tenant.now() / 1000 },
      );
      return tenant.ask<TokenAnswer>('POST', '/oauth/token', { body: publicRequest, headers: { dpop } });
    };
    const nonce = (await ask(other)).headers.get('dpop-nonce') ?? '';
    expect((await ask(open, nonce)).body.error).toBe('use_dpop_nonce');
    expect((await ask(other, nonce)).status).toBe(200);
    // A new secret with each tenant: it has a nonce of its own.
    expect((await createProver(open).request(publicRequest)).status).toBe(200);
  });
});
