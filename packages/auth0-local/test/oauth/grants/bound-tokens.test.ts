import { beforeEach, describe, expect, it } from 'vitest';
import { createDeviceCode, readDeviceCode } from '../../../src/oauth/device/device-codes.js';
import { getApplication, updateApplication } from '../../../src/tenant/applications.js';
import { updateArtifact } from '../../../src/tenant/artifacts.js';
import { boundSeed } from '../../support/bound-seed.js';
import { createBrowser } from '../../support/browser.js';
import { authorizePath, logIn } from '../../support/authorize-requests.js';
import { createProver, type Prover } from '../../support/create-prover.js';
import { createCode, lastLog, readToken, redirectUri, requestToken } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { web, machine } = applications;
const publicClient = { client_id: 'public-client' };
const scopes = ['openid', 'read:messages', 'offline_access'];
const scope = scopes.join(' ');
const password = {
  grant_type: 'password',
  username: users.plain.email,
  password: users.plain.password,
  audience,
  scope,
};

describe('grants with a DPoP proof', () => {
  let open: OpenTenant;
  let prover: Prover;
  beforeEach(async () => {
    open = await openTenant(boundSeed({ mechanism: 'dpop', required: true }));
    prover = createProver(open);
    return () => open.close();
  });

  const expectBound = async (body: Record<string, unknown>): Promise<void> => {
    const answer = await prover.request(body);
    expect([answer.status, answer.body.token_type]).toEqual([200, 'DPoP']);
    expect(readToken(answer.body.access_token).claims['cnf']).toEqual({ jkt: prover.thumbprint });
  };
  const exchange = (code: string, client: object): Record<string, unknown> => ({
    grant_type: 'authorization_code',
    ...client,
    code,
    redirect_uri: redirectUri,
  });

  it('bind what client credentials give', () =>
    expectBound({ grant_type: 'client_credentials', ...machine, audience }));

  it('bind what a password gives, with and without a realm', async () => {
    await expectBound({ ...password, ...publicClient });
    updateApplication(open.tenant, web.client_id, {
      grant_types: ['http://auth0.com/oauth/grant-type/password-realm'],
    });
    const realm = {
      grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
      realm: 'Username-Password-Authentication',
    };
    await expectBound({ ...password, ...web, ...realm });
  });

  it('bind what a code gives', () => expectBound(exchange(createCode(open), web)));

  it('bind what a device gets', async () => {
    const { tenant } = open;
    const application = getApplication(tenant, publicClient.client_id);
    const request = { audience, scopes: ['read:messages'], user_code: 'ABCD-EFGH' };
    const code = createDeviceCode(tenant, application, request);
    const body = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      ...publicClient,
      device_code: code,
    };
    expect((await prover.request(body)).body.error).toBe('authorization_pending');
    const artifact = readDeviceCode(tenant, application, code);
    if (artifact === undefined) throw new Error('there is no such code');
    const access = { audience, scopes: ['read:messages'], auth_time: 1234 };
    const data = { ...artifact.data, state: 'approved', user_id: users.plain.user_id, access };
    updateArtifact(tenant, code, { ...artifact, data });
    await expectBound(body);
  });

  describe('the code of a request with dpop_jkt', () => {
    it('is for that key alone', async () => {
      const code = createCode(open, { dpop_jkt: prover.thumbprint });
      const { status, body } = await createProver(open).request(exchange(code, web));
      expect([status, body]).toEqual([
        403,
        {
          error: 'invalid_grant',
          error_description: 'The authorization code is bound to the key of another DPoP proof.',
        },
      ]);
      await expectBound(exchange(createCode(open, { dpop_jkt: prover.thumbprint }), web));
      const bare = createCode(open, { dpop_jkt: prover.thumbprint });
      expect((await requestToken(open.ask, exchange(bare, web))).body.error).toBe('invalid_grant');
    });

    it('remembers it over the login', async () => {
      const browser = createBrowser(open.site.url);
      const log = (jkt: string) => browser.open(authorizePath({ dpop_jkt: jkt }));
      const page = await logIn(browser, await log(prover.thumbprint));
      const code = page.url.searchParams.get('code') ?? '';
      expect((await createProver(open).request(exchange(code, web))).body.error).toBe('invalid_grant');
      const malformed = await log('short');
      expect(malformed.url.searchParams.get('error')).toBe('invalid_request');
      expect(malformed.url.searchParams.get('error_description')).toContain('dpop_jkt');
    });
  });

  describe('the refresh token of a public application', () => {
    const refresh = (token: string | undefined, client: object): Record<string, unknown> => ({
      grant_type: 'refresh_token',
      ...client,
      refresh_token: token,
    });
    const login = async (client: object): Promise<string | undefined> =>
      (await prover.request({ ...password, ...client })).body.refresh_token;

    it('is worth nothing without its key, also after its rotation', async () => {
      updateApplication(open.tenant, publicClient.client_id, {
        refresh_token: { rotation_type: 'rotating' },
      });
      const first = await login(publicClient);
      const thief = createProver(open);
      for (const answer of [
        await thief.request(refresh(first, publicClient)),
        await requestToken(open.ask, refresh(first, publicClient)),
      ]) {
        expect([answer.status, answer.body.error]).toEqual([403, 'invalid_grant']);
        expect(lastLog(open).type).toBe('fertft');
      }
      const { body } = await prover.request(refresh(first, publicClient));
      expect(readToken(body.access_token).claims['cnf']).toEqual({ jkt: prover.thumbprint });
      expect(body.refresh_token).not.toBe(first);
      expect((await thief.request(refresh(body.refresh_token, publicClient))).status).toBe(403);
      await expectBound(refresh(body.refresh_token, publicClient));
    });

    it('is told from that of an application with a secret, which may change its key', async () => {
      const token = await login(web);
      const other = createProver(open);
      const { body } = await other.request(refresh(token, web));
      expect(readToken(body.access_token).claims['cnf']).toEqual({ jkt: other.thumbprint });
    });
  });

  it('let the profile of the user be seen by whoever has the key, and by nobody else', async () => {
    const { body: jwt } = await prover.request({ ...password, ...web });
    const { audience: _, ...withoutApi } = password;
    const { body: opaque } = await prover.request({ ...withoutApi, ...web });
    for (const { access_token: token } of [jwt, opaque]) {
      const ask = async (headers: Record<string, string>): Promise<number> =>
        (await open.ask('GET', '/userinfo', { headers })).status;
      const good = prover.headers(token, 'GET', '/userinfo');
      expect(await ask(good)).toBe(200);
      expect(await ask(good)).toBe(401);
      expect(await ask({ authorization: `Bearer ${token}` })).toBe(401);
      const { dpop } = prover.headers(token, 'GET', '/userinfo');
      expect(await ask({ authorization: `Bearer ${token}`, dpop })).toBe(401);
      expect(await ask({ authorization: `DPoP ${token}` })).toBe(401);
      expect(await ask(createProver(open).headers(token, 'GET', '/userinfo'))).toBe(401);
      expect(await ask(prover.headers(token, 'POST', '/userinfo'))).toBe(401);
      const ofAnother = prover.headers(`${token}a`, 'GET', '/userinfo');
      expect(await ask({ ...ofAnother, authorization: `DPoP ${token}` })).toBe(401);
    }
  });

  it('are not needed for a token that is bound to nothing, which no proof makes a bound one', async () => {
    const { audience: _, ...withoutApi } = password;
    const { body } = await requestToken(open.ask, { ...withoutApi, ...web });
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await open.ask('GET', '/userinfo', { headers })).status;
    expect(await ask({ authorization: `Bearer ${body.access_token}` })).toBe(200);
    expect(await ask(prover.headers(body.access_token, 'GET', '/userinfo'))).toBe(401);
  });

  it('ask for the proof in the challenge', async () => {
    const { body } = await prover.request({ ...password, ...web });
    const challenge = async (authorization: string): Promise<string | null> =>
      (await open.ask('GET', '/userinfo', { headers: { authorization } })).headers.get('www-authenticate');
    expect(await challenge(`DPoP ${body.access_token}`)).toMatch(/^DPoP .*algs="ES256"/);
    expect(await challenge('Bearer nothing')).toMatch(/^Bearer error="invalid_token"/);
  });
});
