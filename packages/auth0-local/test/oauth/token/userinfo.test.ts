import { beforeEach, describe, expect, it } from 'vitest';
import { SignJWT, generateKeyPair, type JWTPayload } from 'jose';
import { createApi, updateApi } from '../../../src/tenant/apis.js';
import { updateSettings } from '../../../src/tenant/settings.js';
import {
  currentKey,
  privateKey,
  revokeSigningKey,
  rotateSigningKeys,
} from '../../../src/tenant/signing-keys.js';
import { deleteUser, updateUser } from '../../../src/tenant/users.js';
import { createCode, exchangeCode, readToken, requestMachineToken } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { audience, users } from '../../support/trial-tenant.js';

describe('/userinfo', () => {
  let open: OpenTenant;

  beforeEach(async () => {
    open = await openTenant();
    return () => open.close();
  });

  const login = async (access: Parameters<typeof createCode>[1] = {}): Promise<string> =>
    (await exchangeCode(open.ask, createCode(open, access))).body.access_token;
  const opaque = (scopes: readonly string[]): Promise<string> =>
    login({ access: { audience: undefined, scopes } });
  const ask = (token: string | undefined, method = 'GET') =>
    open.ask(method, '/userinfo', {
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    });
  const expectRefusal = async (token: string): Promise<void> => {
    const { status, body, headers } = await ask(token);
    expect([status, body]).toEqual([401, { error: 'invalid_token', error_description: expect.any(String) }]);
    expect(headers.get('www-authenticate')).toMatch(
      /^Bearer error="invalid_token", error_description="[^"]+"$/,
    );
  };

  it.each(['GET', 'POST'])('answers %s with the user of an opaque token', async (method) => {
    const { status, body, headers } = await ask(await opaque(['openid']), method);
    expect([status, body]).toEqual([200, { sub: users.plain.user_id }]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('answers with the user of a JWT that has this audience too', async () => {
    const { status, body } = await ask(await login({ access: { scopes: ['openid', 'email'] } }));
    expect([status, body]).toEqual([
      200,
      { sub: users.plain.user_id, email: users.plain.email, email_verified: false },
    ]);
  });

  it.each(['RS512', 'PS256'])('takes a JWT that is signed with %s', async (algorithm) => {
    createApi(open.tenant, { identifier: 'urn:other', signing_alg: algorithm });
    const token = await login({ access: { audience: 'urn:other', scopes: ['openid'] } });
    expect(readToken(token).header.alg).toBe(algorithm);
    expect((await ask(token)).status).toBe(200);
  });

  it('answers with the claims that the scopes allow', async () => {
    await updateUser(open.tenant, users.plain.user_id, {
      given_name: 'Ada',
      family_name: 'Lovelace',
      phone_number: '+4912345',
      phone_verified: true,
    });
    const { updated_at: updatedAt, picture } = open.tenant.store.users.get(users.plain.user_id) ?? {};
    const { body } = await ask(await opaque(['openid', 'profile', 'email', 'phone']));
    expect(body).toEqual({
      sub: users.plain.user_id,
      name: users.plain.email,
      nickname: 'plain',
      picture,
      given_name: 'Ada',
      family_name: 'Lovelace',
      updated_at: updatedAt,
      email: users.plain.email,
      email_verified: false,
      phone_number: '+4912345',
      phone_number_verified: true,
    });
  });

  it("answers with the tenant's own claims, which replace no other", async () => {
    updateSettings(open.tenant, { claims: { 'https://a/roles': 'roles', sub: 'email', name: 'nickname' } });
    const { body } = await ask(await login({ user_id: users.admin.user_id }));
    expect(body).toEqual({ 'https://a/roles': ['admin'], name: 'admin', sub: users.admin.user_id });
  });

  it('asks for a token where there is none', async () => {
    const { status, body, headers } = await ask(undefined);
    expect([status, body, headers.get('www-authenticate')]).toEqual([401, '', 'Bearer']);
  });

  it.each(['Bearer', 'Bearer a b', 'Basic YTpi', 'MAC abc', 'abc'])(
    'takes the header %j for none',
    async (authorization) => {
      const { status, headers } = await open.ask('GET', '/userinfo', { headers: { authorization } });
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    },
  );

  it('looks for no token in the URL', async () => {
    expect((await open.ask('GET', `/userinfo?access_token=${await opaque(['openid'])}`)).status).toBe(401);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['an opaque token without openid', () => opaque(['profile', 'email'])],
    ['a JWT without openid', () => login({ access: { scopes: ['read:messages'] } })],
    ['the token of an application', async () => (await requestMachineToken(open.ask)).body.access_token],
    ['an ID token', async () => (await exchangeCode(open.ask, createCode(open))).body.id_token ?? ''],
    ['a code', () => createCode(open)],
    ['nothing that was ever given', () => 'nothing'],
  ])('refuses %s', async (_, token) => {
    await expectRefusal(await token());
  });

  it('refuses the token of an API that signs with a secret', async () => {
    createApi(open.tenant, { identifier: 'urn:shared', signing_alg: 'HS256' });
    await expectRefusal(await login({ access: { audience: 'urn:shared', scopes: ['openid'] } }));
  });

  it('refuses what somebody else has signed', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const { header, claims } = readToken(await login());
    const token = await new SignJWT(claims).setProtectedHeader({ ...header, alg: 'RS256' }).sign(privateKey);
    await expectRefusal(token);
  });

  it.each([
    ['is for an API alone', { aud: audience }, 'RS256'],
    ['names another issuer', { iss: 'https://other.example.com/' }, 'RS256'],
    ['does not expire', { exp: undefined }, 'RS256'],
    ['has no subject', { sub: undefined }, 'RS256'],
    ['is of an algorithm that the tenant does not use', {}, 'RS384'],
  ] as [string, JWTPayload, string][])(
    'refuses what the tenant has signed, if it %s',
    async (_, claims, alg) => {
      const good = readToken(await login());
      const key = privateKey(open.tenant, currentKey(open.tenant));
      const sign = (payload: JWTPayload, header: object): Promise<string> =>
        new SignJWT(payload).setProtectedHeader({ alg: 'RS256', ...good.header, ...header }).sign(key);
      expect((await ask(await sign(good.claims, {}))).status).toBe(200);
      await expectRefusal(await sign({ ...good.claims, ...claims }, { alg }));
    },
  );

  it.each([
    ['an opaque token', { access: { audience: undefined, scopes: ['openid'] } }],
    ['a JWT', {}],
  ])('refuses %s that has expired', async (_, access) => {
    const token = await login(access);
    open.advance(86_400_000 - 1);
    expect((await ask(token)).status).toBe(200);
    open.advance(1);
    await expectRefusal(token);
  });

  it('takes a token of a key that was rotated, and refuses it when that key is revoked', async () => {
    const token = await login();
    const { kid = '' } = readToken(token).header;
    await rotateSigningKeys(open.tenant);
    expect((await ask(token)).status).toBe(200);
    await revokeSigningKey(open.tenant, kid);
    await expectRefusal(token);
  });

  it('takes a token of the other listener', async () => {
    const token = await login();
    open.tenant.issuers = ['https://localhost:4443/', open.site.issuer];
    expect((await ask(token)).status).toBe(200);
    open.tenant.issuers = ['https://localhost:4443/'];
    await expectRefusal(token);
  });

  it.each([
    ['blocked', (tenant: OpenTenant['tenant']) => updateUser(tenant, users.plain.user_id, { blocked: true })],
    ['deleted', async (tenant: OpenTenant['tenant']) => deleteUser(tenant, users.plain.user_id)],
  ])('refuses the token of a user who is %s', async (_, change) => {
    const token = await login();
    await change(open.tenant);
    await expectRefusal(token);
  });

  it('takes a token for as long as its API says', async () => {
    updateApi(open.tenant, audience, { token_lifetime: 60 });
    const token = await login();
    open.advance(60_000);
    await expectRefusal(token);
  });
});
