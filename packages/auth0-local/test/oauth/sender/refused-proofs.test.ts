import { badProofs, createDpopClient, type BadProofName } from '@auth0/auth0-api-js/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeviceCode, readDeviceCode } from '../../../src/oauth/device/device-codes.js';
import { getApplication, updateApplication } from '../../../src/tenant/applications.js';
import { updateArtifact } from '../../../src/tenant/artifacts.js';
import { boundSeed } from '../../support/bound-seed.js';
import type { TrialAnswer } from '../../support/ask.js';
import {
  createCode,
  createRefreshToken,
  lastLog,
  readToken,
  redirectUri,
  type TokenAnswer,
} from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { web, machine } = applications;
const method = 'POST';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** What the caller is told, and what the log adds. */
const rows: readonly (readonly [name: BadProofName, told: string, cure: string])[] = [
  ['not-a-jwt', 'The DPoP proof is not a valid JWT', 'send a signed JWT'],
  ['two-proofs', 'Multiple DPoP proofs are not allowed', 'send one header DPoP'],
  ['without-type', 'The DPoP proof is not of the type dpop+jwt', '"typ": "dpop+jwt"'],
  ['wrong-type', 'The DPoP proof is not of the type dpop+jwt', '"typ": "dpop+jwt"'],
  ['without-algorithm', 'The algorithm of the DPoP proof is not accepted', 'sign it with ES256'],
  ['alg-none', 'The algorithm of the DPoP proof is not accepted', 'sign it with ES256'],
  ['alg-hs256', 'The algorithm of the DPoP proof is not accepted', 'sign it with ES256'],
  ['without-key', 'The key of the DPoP proof is not accepted', 'the public key alone'],
  ['private-key', 'The key of the DPoP proof is not accepted', 'the public key alone'],
  ['symmetric-key', 'The key of the DPoP proof is not accepted', 'of the curve P-256'],
  ['wrong-signature', 'The signature of the DPoP proof is not that of its key', 'the private key of its jwk'],
  ['tampered', 'The signature of the DPoP proof is not that of its key', 'the private key of its jwk'],
  ['without-jti', '"jti" claim must be a string', 'needs jti, htm, htu and iat'],
  ['without-method', '"htm" claim must be a string', 'needs jti, htm, htu and iat'],
  ['without-url', '"htu" claim must be a string', 'needs jti, htm, htu and iat'],
  ['without-iat', '"iat" claim must be a number', 'needs jti, htm, htu and iat'],
  ['wrong-method', 'DPoP proof "htm" mismatch', 'htm is the method of the request'],
  ['wrong-url', 'DPoP proof "htu" mismatch', 'htu is the address that the request was sent to'],
  ['too-old', 'DPoP proof "iat" is outside the acceptable range', 'compare the clocks'],
  ['from-future', 'DPoP proof "iat" is outside the acceptable range', 'compare the clocks'],
];
/** These are about an access token, and there is none yet. */
const aboutTokens: readonly BadProofName[] = ['another-key', 'without-token-hash', 'wrong-token-hash'];

describe('a refused proof', () => {
  const client = createDpopClient();
  let open: OpenTenant;
  let url: string;
  beforeAll(async () => {
    open = await openTenant(boundSeed({ mechanism: 'dpop', required: false }));
    url = `${open.site.url}/oauth/token`;
    // Bad proofs go by the clock of the machine.
    open.advance(Date.now() - open.tenant.now());
    updateApplication(open.tenant, web.client_id, { refresh_token: { rotation_type: 'rotating' } });
  });
  afterAll(() => open.close());

  const send = (dpop: string, body: Record<string, unknown>): Promise<TrialAnswer<TokenAnswer>> =>
    open.ask<TokenAnswer>(method, '/oauth/token', { body, headers: { dpop } });
  const sendGood = (body: Record<string, unknown>): Promise<TrialAnswer<TokenAnswer>> =>
    send(client.proof({ method, url }), body);

  function approvedDeviceCode(): string {
    const application = getApplication(open.tenant, web.client_id);
    const access = { audience, scopes: ['read:messages'] };
    const code = createDeviceCode(open.tenant, application, { ...access, user_code: 'ABCD-EFGH' });
    const artifact = readDeviceCode(open.tenant, application, code);
    if (artifact === undefined) throw new Error('there is no such code');
    const approval = { state: 'approved', user_id: users.plain.user_id } as const;
    updateArtifact(open.tenant, code, {
      ...artifact,
      data: { ...artifact.data, ...approval, access: { ...access, auth_time: 1234 } },
    });
    return code;
  }

  const grants: readonly (readonly [failed: string, begin: () => Promise<Record<string, unknown>>])[] = [
    [
      'feacft',
      async () => ({ grant_type: 'authorization_code', code: createCode(open), redirect_uri: redirectUri }),
    ],
    ['fertft', async () => ({ grant_type: 'refresh_token', refresh_token: await createRefreshToken(open) })],
    ['fede', async () => ({ grant_type: deviceGrant, device_code: approvedDeviceCode() })],
  ];

  it('is each bad proof there is but those about access tokens', () => {
    const known = Object.keys(badProofs).filter((name) => !aboutTokens.includes(name as BadProofName));
    expect(rows.map(([name]) => name)).toEqual(known);
  });

  it.each(rows)(
    'is told from others, and leaves codes and refresh tokens unused: %s',
    async (name, told, cure) => {
      for (const [failed, begin] of grants) {
        const body = { ...web, ...(await begin()) };
        const answer = await send(client.badProof(name, { method, url }), body);
        expect([answer.status, answer.body]).toEqual([
          400,
          { error: 'invalid_dpop_proof', error_description: told },
        ]);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        const entry = lastLog(open);
        expect(entry).toMatchObject({ type: failed, client_id: web.client_id, client_name: 'Web' });
        expect(entry.description.slice(0, told.length + 2)).toBe(`${told}: `);
        expect(entry.description).toContain(cure);
        expect(entry).not.toHaveProperty('fix');

        const good = await sendGood(body);
        expect([failed, good.status, good.body.token_type]).toEqual([failed, 200, 'DPoP']);
        expect(readToken(good.body.access_token).claims['cnf']).toEqual({ jkt: client.thumbprint });
      }
    },
  );

  it.each([
    ['feccft', { ...machine, grant_type: 'client_credentials', audience }],
    [
      'fepft',
      { ...web, grant_type: 'password', username: users.plain.email, password: 'wrong-password', audience },
    ],
    [
      'failed_on_behalf_of_token_exchange',
      { ...machine, grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' },
    ],
  ])('is what the log has of the grant: %s', async (type, body) => {
    const { status } = await send('nothing', body);
    expect([status, lastLog(open)]).toEqual([400, expect.objectContaining({ type })]);
    // The password was not looked at: nobody guesses any that way.
    expect(lastLog(open).description).toMatch(/^The DPoP proof is not a valid JWT: /);
  });

  it('is not used up by what comes before it', async () => {
    const proof = client.proof({ method, url });
    const body = { grant_type: 'client_credentials', ...machine, audience };
    expect((await send(proof, { ...body, grant_type: 'nothing' })).body.error).toBe('unsupported_grant_type');
    expect((await send(proof, { ...body, client_id: 'nobody' })).status).toBe(401);
    expect((await send(proof, { ...body, grant_type: 'password' })).body.error).toBe('unauthorized_client');
    expect((await send(proof, body)).status).toBe(200);
  });

  it('is used up by what comes after it', async () => {
    const proof = client.proof({ method, url });
    const body = { grant_type: 'client_credentials', ...machine, audience };
    expect((await send(proof, { ...body, audience: 'urn:nothing' })).body.error).toBe('access_denied');
    const { status, body: refusal } = await send(proof, body);
    expect([status, refusal.error_description]).toEqual([400, 'The DPoP proof has been used before']);
    expect(lastLog(open).description).toBe(
      'The DPoP proof has been used before: make a new proof, with a new jti, for each request',
    );
  });

  it('is accepted once of a hundred that come at the same time', async () => {
    const proof = client.proof({ method, url });
    const body = { grant_type: 'client_credentials', ...machine, audience };
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(proof, body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(99);
  });

  it.each([
    ['nothing', '', 'A DPoP proof is required'],
    ['white space', '   ', 'A DPoP proof is required'],
    ['a comma', ',', 'Multiple DPoP proofs are not allowed'],
    ['two dots', '..', 'The DPoP proof is not a valid JWT'],
    ['empty objects', 'e30.e30.', 'The DPoP proof is not of the type dpop+jwt'],
    ['null in each part', 'bnVsbA.bnVsbA.bnVsbA', 'The DPoP proof is not a valid JWT'],
    ['lists', 'W10.W10.W10', 'The DPoP proof is not a valid JWT'],
    ['letters of another alphabet', 'Ã©.Ã©.Ã©', 'The DPoP proof is not a valid JWT'],
    [
      'brackets',
      `${Buffer.from('['.repeat(2000)).toString('base64url')}.e30.AA`,
      'The DPoP proof is not a valid JWT',
    ],
    ['too much', `${'a'.repeat(9000)}.e30.AA`, 'The DPoP proof is too large'],
  ])('can be %s', async (_, dpop, told) => {
    const body = { grant_type: 'client_credentials', ...machine, audience };
    const { status, body: refusal } = await send(dpop, body);
    expect([status, refusal]).toEqual([400, { error: 'invalid_dpop_proof', error_description: told }]);
    expect((await sendGood(body)).status).toBe(200);
  });

  it('says nothing of its content, the token or the secret in the log', async () => {
    const jti = 'a very special jti';
    const htu = 'https://somewhere.example.com/oauth/token';
    const code = createCode(open);
    const proof = client.proof({ method, url }, { jti, htu });
    const body = { ...web, grant_type: 'authorization_code', code, redirect_uri: redirectUri };
    expect((await send(proof, body)).status).toBe(400);
    const text = JSON.stringify(lastLog(open));
    for (const secret of [jti, 'somewhere', code, proof, web.client_secret, client.thumbprint]) {
      expect(text).not.toContain(secret);
    }
  });
});
