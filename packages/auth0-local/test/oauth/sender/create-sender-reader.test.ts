import { badProofs, createDpopClient, type BadProofName } from '@auth0/auth0-api-js/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetchWithCa } from '../../support/fetch-with-ca.js';
import { boundSeed } from '../../support/bound-seed.js';
import { readToken, type TokenAnswer } from '../../support/flow-requests.js';
import type { TrialAnswer } from '../../support/ask.js';
import {
  applications,
  audience,
  startTrialTenant,
  users,
  type TrialTenant,
} from '../../support/trial-tenant.js';

const method = 'POST';
const nonceRequired = {
  error: 'use_dpop_nonce',
  error_description: 'Authorization server requires nonce in DPoP proof',
};
const machineRequest = { grant_type: 'client_credentials', ...applications.machine, audience };
const publicRequest = {
  grant_type: 'password',
  client_id: 'public-client',
  username: users.plain.email,
  password: users.plain.password,
  audience,
};

describe('a DPoP proof at the token endpoint', () => {
  const client = createDpopClient();
  let trial: TrialTenant;
  let url: string;
  beforeAll(async () => {
    trial = await startTrialTenant({ seed: boundSeed({ mechanism: 'dpop', required: false }) });
    url = `${trial.tenant.urls.http}/oauth/token`;
  });
  afterAll(() => trial.tenant.close());

  const send = (
    dpop: string,
    body: Record<string, unknown> = machineRequest,
    headers: Record<string, string> = {},
  ): Promise<TrialAnswer<TokenAnswer>> =>
    trial.ask<TokenAnswer>('POST', '/oauth/token', { body, headers: { ...headers, dpop } });
  const lastDescription = async (): Promise<string> => {
    const { body } = await trial.manage<{ description: string }[]>('GET', '/logs?per_page=1');
    return body[0]?.description ?? '';
  };

  it('binds the token to its key', async () => {
    const { status, body } = await send(client.proof({ method, url }));
    expect([status, body.token_type]).toEqual([200, 'DPoP']);
    expect(readToken(body.access_token).claims).toMatchObject({ cnf: { jkt: client.thumbprint } });
  });

  /** These are about an access token, and there is none yet. */
  const aboutTokens = new Set(['another-key', 'without-token-hash', 'wrong-token-hash']);
  const names = (Object.keys(badProofs) as BadProofName[]).filter((name) => !aboutTokens.has(name));

  it.each(names)('is refused: %s', async (name) => {
    const { status, body } = await send(client.badProof(name, { method, url }));
    expect([status, body]).toEqual([
      400,
      { error: 'invalid_dpop_proof', error_description: expect.stringMatching(/DPoP proof|claim must be/) },
    ]);
    // The log says what helps, too.
    expect(await lastDescription()).toContain(`${body.error_description}: `);
  });

  it('is refused the second time', async () => {
    const proof = client.proof({ method, url });
    expect((await send(proof)).status).toBe(200);
    const { status, body } = await send(proof);
    expect([status, body]).toEqual([
      400,
      { error: 'invalid_dpop_proof', error_description: 'The DPoP proof has been used before' },
    ]);
  });

  it('is refused with another algorithm than ES256', async () => {
    const { status, body } = await send(createDpopClient({ algorithm: 'RS256' }).proof({ method, url }));
    expect([status, body.error]).toEqual([400, 'invalid_dpop_proof']);
  });

  it('names the tenant by any of its names', async () => {
    const { port } = new URL(url);
    for (const origin of [`http://localhost:${port}`, `http://127.0.0.1:${port}`]) {
      const dpop = client.proof({ method, url: `${origin}/oauth/token` });
      const answer = await fetch(`${origin}/oauth/token`, {
        method,
        headers: { dpop },
        body: new URLSearchParams(machineRequest),
      });
      expect([origin, answer.status]).toEqual([origin, 200]);
    }
  });

  it('is for one listener', async () => {
    const { https } = trial.tenant.urls;
    const sendSecurely = (dpop: string): Promise<Response> =>
      createFetchWithCa(trial.tenant.ca)(`${https}/oauth/token`, {
        method,
        headers: { dpop },
        body: new URLSearchParams(machineRequest),
      });
    expect((await sendSecurely(client.proof({ method, url }))).status).toBe(400);
    expect((await sendSecurely(client.proof({ method, url: `${https}/oauth/token` }))).status).toBe(200);
  });

  it('is not looked at before the application is known', async () => {
    const proof = client.proof({ method, url });
    expect((await send(proof, { ...machineRequest, client_secret: 'wrong' })).status).toBe(401);
    expect((await send(proof)).status).toBe(200);
  });

  it('needs a nonce of the tenant where the application is public, and nothing of that is logged', async () => {
    const logged = async (): Promise<number> =>
      (await trial.manage<object[]>('GET', '/logs?per_page=100')).body.length;
    const before = await logged();
    const first = await send(client.proof({ method, url }), publicRequest);
    expect([first.status, first.body]).toEqual([400, nonceRequired]);
    expect(await logged()).toBe(before);
    const nonce = first.headers.get('dpop-nonce') ?? '';
    expect(nonce).toMatch(/^[\w-]{43}$/);
    const second = await send(client.proof({ method, url, nonce }), publicRequest);
    expect([second.status, second.body.token_type]).toEqual([200, 'DPoP']);
    expect(second.headers.get('dpop-nonce')).toBe(nonce);
    const forged = await send(client.proof({ method, url, nonce: 'a'.repeat(43) }), publicRequest);
    expect([forged.status, forged.body]).toEqual([400, nonceRequired]);
  });

  it('needs none where the application has a secret, or sends no proof', async () => {
    const confidential = await send(client.proof({ method, url }));
    expect([confidential.status, confidential.headers.get('dpop-nonce')]).toEqual([200, null]);
    const bearer = await trial.ask<TokenAnswer>('POST', '/oauth/token', { body: publicRequest });
    expect([bearer.status, bearer.body.token_type, bearer.headers.get('dpop-nonce')]).toEqual([
      200,
      'Bearer',
      null,
    ]);
  });

  it('may be sent by a page, which sees the nonce', async () => {
    const origin = 'http://localhost:3000';
    const preflight = await trial.ask('OPTIONS', '/oauth/token', {
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'dpop' },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/\bDPoP\b/);
    const { headers } = await send(client.proof({ method, url }), publicRequest, { origin });
    expect(headers.get('access-control-expose-headers')).toMatch(/\bDPoP-Nonce\b/);
  });
});
