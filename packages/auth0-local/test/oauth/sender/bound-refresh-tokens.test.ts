import { beforeEach, describe, expect, it } from 'vitest';
import { updateApi } from '../../../src/tenant/apis.js';
import { updateApplication } from '../../../src/tenant/applications.js';
import { boundSeed } from '../../support/bound-seed.js';
import type { TrialAnswer } from '../../support/ask.js';
import { createProver, type Prover } from '../../support/create-prover.js';
import { lastLog, readToken, requestToken, type TokenAnswer } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { web } = applications;
const publicClient = { client_id: 'public-client' };
const login = {
  grant_type: 'password',
  username: users.plain.email,
  password: users.plain.password,
  audience,
  scope: 'openid offline_access read:messages',
};
const takesKeys = { mechanism: 'dpop', required: false } as const;
const needsProof = {
  error: 'invalid_grant',
  error_description: 'The refresh token is bound to a key. Send a DPoP proof of that key in the header DPoP.',
};
const needsOtherProof = {
  error: 'invalid_grant',
  error_description: 'The refresh token is bound to the key of another DPoP proof.',
};

describe('a refresh token', () => {
  let open: OpenTenant;
  let owner: Prover;
  let thief: Prover;
  beforeEach(async () => {
    open = await openTenant(boundSeed(takesKeys));
    owner = createProver(open);
    thief = createProver(open);
    return () => open.close();
  });

  const rotate = (leeway: number): void =>
    void updateApplication(open.tenant, publicClient.client_id, {
      refresh_token: { rotation_type: 'rotating', leeway },
    });
  const refreshBody = (token: string | undefined, client: object = publicClient) => ({
    grant_type: 'refresh_token',
    ...client,
    refresh_token: token,
  });
  const begin = async (client: object = publicClient): Promise<string | undefined> =>
    (await owner.request({ ...client, ...login })).body.refresh_token;
  const bare = (body: Record<string, unknown>): Promise<TrialAnswer<TokenAnswer>> =>
    requestToken(open.ask, body);
  const jktOf = ({ body }: TrialAnswer<TokenAnswer>): unknown => readToken(body.access_token).claims['cnf'];

  describe('of a public application that has a key', () => {
    it('needs that key, and is not used up by anybody else', async () => {
      rotate(0);
      const token = await begin();
      for (let round = 0; round < 2; round += 1) {
        const without = await bare(refreshBody(token));
        expect([without.status, without.body]).toEqual([403, needsProof]);
        const other = await thief.request(refreshBody(token));
        expect([other.status, other.body]).toEqual([403, needsOtherProof]);
        expect(lastLog(open)).toMatchObject({
          type: 'fertft',
          client_id: publicClient.client_id,
          description: needsOtherProof.error_description,
        });
        open.advance(1000);
      }
      const answer = await owner.request(refreshBody(token));
      expect([answer.status, jktOf(answer)]).toEqual([200, { jkt: owner.thumbprint }]);
    });

    it('keeps its key over many rotations', async () => {
      rotate(0);
      let token = await begin();
      for (let round = 0; round < 4; round += 1) {
        const { status, body } = await owner.request(refreshBody(token));
        expect([status, body.token_type]).toEqual([200, 'DPoP']);
        expect(body.refresh_token).not.toBe(token);
        token = body.refresh_token;
        open.advance(1000);
      }
      expect((await thief.request(refreshBody(token))).body).toEqual(needsOtherProof);
      expect((await bare(refreshBody(token))).body).toEqual(needsProof);
    });

    it('keeps its key where it is used twice within the leeway', async () => {
      rotate(60);
      const token = await begin();
      await owner.request(refreshBody(token));
      const { body } = await owner.request(refreshBody(token));
      for (const sent of [token, body.refresh_token]) {
        expect((await thief.request(refreshBody(sent))).body).toEqual(needsOtherProof);
      }
      expect((await owner.request(refreshBody(body.refresh_token))).status).toBe(200);
    });

    it('keeps its key where it does not rotate', async () => {
      const token = await begin();
      for (let round = 0; round < 2; round += 1) {
        expect((await owner.request(refreshBody(token))).status).toBe(200);
        expect((await thief.request(refreshBody(token))).body).toEqual(needsOtherProof);
      }
    });

    it('ends its login where it comes again after its rotation, with whatever key', async () => {
      rotate(0);
      const token = await begin();
      const { body } = await owner.request(refreshBody(token));
      open.advance(1000);
      expect((await thief.request(refreshBody(token))).body.error_description).toBe(
        'Unknown or invalid refresh token.',
      );
      expect(lastLog(open)).toMatchObject({ type: 'ferrt' });
      expect((await owner.request(refreshBody(body.refresh_token))).status).toBe(403);
    });

    it('needs it also where the API is not about keys any more, and then the access token is bound to nothing', async () => {
      const token = await begin();
      updateApi(open.tenant, audience, { proof_of_possession: null });
      expect((await bare(refreshBody(token))).body).toEqual(needsProof);
      const answer = await owner.request(refreshBody(token));
      expect([answer.status, answer.body.token_type, jktOf(answer)]).toEqual([200, 'Bearer', undefined]);
      expect(lastLog(open)).toMatchObject({
        type: 'sertft',
        description: expect.stringContaining('bound to nothing: the API does not say'),
        fix: `auth0 apis update ${audience} --proof-of-possession dpop`,
      });
      updateApi(open.tenant, audience, { proof_of_possession: { mechanism: 'mtls', required: false } });
      expect((await owner.request(refreshBody(token))).body.token_type).toBe('Bearer');
      expect(lastLog(open).description).toContain('to a client certificate');
    });

    it('is bound for the profile alone as well', async () => {
      const { audience: _, ...profile } = { ...publicClient, ...login };
      const { refresh_token: token } = (await owner.request(profile)).body;
      expect((await bare(refreshBody(token))).body).toEqual(needsProof);
      const { body } = await owner.request(refreshBody(token));
      expect(body.token_type).toBe('DPoP');
      const headers = owner.headers(body.access_token, 'GET', '/userinfo');
      expect((await open.ask('GET', '/userinfo', { headers })).status).toBe(200);
    });

    it('can be revoked without it', async () => {
      const token = await begin();
      const { status } = await open.ask('POST', '/oauth/revoke', { body: { ...publicClient, token } });
      expect(status).toBe(200);
      expect((await owner.request(refreshBody(token))).body.error_description).toBe(
        'Unknown or invalid refresh token.',
      );
    });

    it('is nothing to another application that has the key', async () => {
      const token = await begin();
      updateApplication(open.tenant, web.client_id, { token_endpoint_auth_method: 'none' });
      const { status, body } = await owner.request(refreshBody(token, { client_id: web.client_id }));
      expect([status, body.error_description]).toEqual([403, 'Unknown or invalid refresh token.']);
    });
  });

  it('of a public application without a key stays as it is; its access tokens are bound where a proof comes', async () => {
    const { refresh_token: token } = (await bare({ ...publicClient, ...login })).body;
    for (const prover of [owner, thief]) {
      expect(jktOf(await prover.request(refreshBody(token)))).toEqual({ jkt: prover.thumbprint });
    }
    const { status, body } = await bare(refreshBody(token));
    expect([status, body.token_type]).toEqual([200, 'Bearer']);
  });

  describe('of an application with a secret', () => {
    it('goes with any key, or none where the API does not require one', async () => {
      const body = refreshBody(await begin(web), web);
      expect(jktOf(await owner.request(body))).toEqual({ jkt: owner.thumbprint });
      expect(jktOf(await thief.request(body))).toEqual({ jkt: thief.thumbprint });
      expect(jktOf(await bare(body))).toBeUndefined();
    });

    it('is not used up where a proof is missing that the API requires by now', async () => {
      updateApplication(open.tenant, web.client_id, {
        refresh_token: { rotation_type: 'rotating', leeway: 0 },
      });
      const body = refreshBody(await begin(web), web);
      updateApi(open.tenant, audience, { proof_of_possession: { ...takesKeys, required: true } });
      for (let round = 0; round < 2; round += 1) {
        const { status, body: refusal } = await bare(body);
        expect([status, refusal.error]).toEqual([400, 'invalid_dpop_proof']);
        expect(lastLog(open)).toMatchObject({
          type: 'fertft',
          description: refusal.error_description,
          fix: `auth0 apis update ${audience} --proof-of-possession-required=false`,
        });
        open.advance(1000);
      }
      expect(jktOf(await owner.request(body))).toEqual({ jkt: owner.thumbprint });
    });
  });
});
