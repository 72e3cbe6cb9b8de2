import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteApi, updateApi } from '../../../src/tenant/apis.js';
import { updateApplication } from '../../../src/tenant/applications.js';
import { deleteUser, updateUser } from '../../../src/tenant/users.js';
import {
  createCode,
  exchangeCode,
  lastLog,
  readToken,
  redirectUri,
  refresh,
} from '../../support/flow-requests.js';
import { openTenant, openTenantForTest, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { spa, stranger, web, machine } = applications;
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const s256 = {
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
} as const;
const plain = { code_challenge: verifier, code_challenge_method: 'plain' } as const;
const invalidCode = { error: 'invalid_grant', error_description: 'Invalid authorization code' };
const invalidVerifier = { error: 'invalid_grant', error_description: 'Failed to verify code verifier' };

describe('authorization_code', () => {
  let open: OpenTenant;

  beforeAll(async () => {
    open = await openTenant();
  });
  afterAll(() => open.close());

  it('gives a token in the name of the user, without gty', async () => {
    const code = createCode(open, { access: { scopes: ['read:messages'] } });
    const { status, body } = await exchangeCode(open.ask, code);
    expect([status, body]).toEqual([
      200,
      { access_token: expect.any(String), scope: 'read:messages', expires_in: 86_400, token_type: 'Bearer' },
    ]);
    const iat = open.tenant.now() / 1000;
    expect(readToken(body.access_token).claims).toEqual({
      iss: open.site.issuer,
      sub: users.plain.user_id,
      aud: audience,
      iat,
      exp: iat + 86_400,
      scope: 'read:messages',
      azp: web.client_id,
    });
    expect(lastLog(open)).toMatchObject({
      type: 'seacft',
      client_id: web.client_id,
      user_id: users.plain.user_id,
      user_name: users.plain.email,
      audience,
      scope: 'read:messages',
    });
  });

  it('gives an ID token for openid, and an access token that is good for the profile too', async () => {
    const scopes = ['openid', 'email', 'read:messages'];
    const code = createCode(open, { nonce: 'n-0S6', access: { scopes, sid: 'session', auth_time: 1234 } });
    const { body } = await exchangeCode(open.ask, code);
    expect(body.scope).toBe('openid email read:messages');
    expect(readToken(body.access_token).claims.aud).toEqual([audience, `${open.site.issuer}userinfo`]);
    const iat = open.tenant.now() / 1000;
    expect(readToken(body.id_token).claims).toEqual({
      iss: open.site.issuer,
      sub: users.plain.user_id,
      aud: web.client_id,
      iat,
      exp: iat + 36_000,
      auth_time: 1234,
      sid: 'session',
      nonce: 'n-0S6',
      email: users.plain.email,
      email_verified: false,
    });
  });

  it('gives an opaque token without an API', async () => {
    const code = createCode(open, { access: { scopes: ['openid', 'profile'], audience: undefined } });
    const { body } = await exchangeCode(open.ask, code);
    expect(body).toEqual({
      access_token: expect.not.stringContaining('.'),
      id_token: expect.any(String),
      scope: 'openid profile',
      expires_in: 86_400,
      token_type: 'Bearer',
    });
  });

  describe('takes a code once', () => {
    it('and revokes what it gave when it comes again', async () => {
      const code = createCode(open, { access: { scopes: ['openid', 'offline_access'] } });
      const first = await exchangeCode(open.ask, code);
      const again = await exchangeCode(open.ask, code);
      expect([first.status, again.status, again.body]).toEqual([200, 403, invalidCode]);
      expect(lastLog(open)).toMatchObject({
        type: 'feacft',
        description: expect.stringContaining('used twice'),
      });
      const { status, body } = await refresh(open.ask, first.body.refresh_token);
      expect([status, body.error]).toEqual([403, 'invalid_grant']);
      expect((await exchangeCode(open.ask, code)).body).toEqual(invalidCode);
    });

    it('and revokes the opaque token, but nothing of another login', async () => {
      const access = { scopes: ['openid', 'offline_access'], audience: undefined };
      const other = await exchangeCode(open.ask, createCode(open, { access }));
      const code = createCode(open, { access });
      const { body } = await exchangeCode(open.ask, code);
      const profile = async (token: string): Promise<number> =>
        (await open.ask('GET', '/userinfo', { headers: { authorization: `Bearer ${token}` } })).status;
      expect(await profile(body.access_token)).toBe(200);
      await exchangeCode(open.ask, code);
      expect(await profile(body.access_token)).toBe(401);
      expect(await profile(other.body.access_token)).toBe(200);
      expect((await refresh(open.ask, other.body.refresh_token)).status).toBe(200);
    });

    it('also of many requests at once', async () => {
      const code = createCode(open);
      const answers = await Promise.all(Array.from({ length: 20 }, () => exchangeCode(open.ask, code)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 403)).toHaveLength(19);
    });

    it('also when it was refused the first time', async () => {
      const code = createCode(open, s256);
      expect((await exchangeCode(open.ask, code)).body).toEqual(invalidVerifier);
      expect((await exchangeCode(open.ask, code, { code_verifier: verifier })).body).toEqual(invalidCode);
    });
  });

  it.each([
    ['a code that was never given', () => 'nothing'],
    ['a code whose time is up', () => createCode(open, { lifetimeSeconds: 0 })],
    ['a code of another application', () => createCode(open, { client_id: spa.client_id })],
  ])('refuses %s', async (_, code) => {
    const { status, body } = await exchangeCode(open.ask, code());
    expect([status, body]).toEqual([403, invalidCode]);
    expect(lastLog(open)).toMatchObject({ type: 'feacft', client_id: web.client_id });
  });

  it('leaves a code alone that another application tries', async () => {
    const code = createCode(open);
    updateApplication(open.tenant, stranger.client_id, { grant_types: ['authorization_code'] });
    expect((await exchangeCode(open.ask, code, stranger)).body).toEqual(invalidCode);
    expect((await exchangeCode(open.ask, code)).status).toBe(200);
  });

  it.each([
    ['another redirect_uri', 'http://localhost:3000/callback/'],
    ['no redirect_uri', undefined],
  ])('refuses %s', async (_, sent) => {
    const { status, body } = await exchangeCode(open.ask, createCode(open), { redirect_uri: sent });
    expect([status, body]).toEqual([
      403,
      {
        error: 'unauthorized_client',
        error_description: `The redirect URI is wrong. You sent ${sent ?? 'null'}, and we expected ${redirectUri}`,
      },
    ]);
  });

  it('refuses an application that may not use the grant type', async () => {
    const { status, body } = await exchangeCode(open.ask, createCode(open), machine);
    expect([status, body.error]).toEqual([403, 'unauthorized_client']);
  });

  it('asks for the code where it is missing', async () => {
    const { status, body } = await exchangeCode(open.ask, '');
    expect([status, body]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'Missing required parameter: code' },
    ]);
  });

  describe('with PKCE', () => {
    const asSpa = { client_id: spa.client_id, client_secret: undefined };

    it.each([
      ['S256', s256],
      ['plain', plain],
      ['plain, where no method was named', { code_challenge: verifier }],
    ])('takes the verifier of a challenge by %s', async (_, challenge) => {
      const code = createCode(open, { ...challenge, client_id: spa.client_id });
      const { status } = await exchangeCode(open.ask, code, { ...asSpa, code_verifier: verifier });
      expect(status).toBe(200);
    });

    it.each([
      ['a wrong verifier', s256, `${verifier}x`],
      ['a wrong verifier by plain', plain, `${verifier}x`],
      ['no verifier', s256, undefined],
      ['no verifier by plain', plain, undefined],
      ['the challenge itself', s256, s256.code_challenge],
      ['a verifier without a challenge', {}, verifier],
      ['a public application without a challenge', {}, undefined],
    ])('refuses %s', async (_, challenge, sent) => {
      const code = createCode(open, { ...challenge, client_id: spa.client_id });
      const { status, body } = await exchangeCode(open.ask, code, { ...asSpa, code_verifier: sent });
      expect([status, body]).toEqual([403, invalidVerifier]);
    });

    it('refuses a verifier without a challenge of an application with a secret too', async () => {
      const { body } = await exchangeCode(open.ask, createCode(open), { code_verifier: verifier });
      expect(body).toEqual(invalidVerifier);
      expect(lastLog(open).description).toContain('the authorization request had no code_challenge');
    });

    it('says in the log why a public application without a challenge gets nothing', async () => {
      await exchangeCode(open.ask, createCode(open, { client_id: spa.client_id }), asSpa);
      expect(lastLog(open).description).toContain('must use PKCE');
    });
  });

  describe('after the code was given', () => {
    const exchangeAfter = async (change: (own: OpenTenant) => unknown) => {
      const own = await openTenantForTest();
      const code = createCode(own);
      await change(own);
      const { status, body } = await exchangeCode(own.ask, code);
      return { own, status, body };
    };

    it('refuses a user who was blocked', async () => {
      const { own, status, body } = await exchangeAfter(({ tenant }) =>
        updateUser(tenant, users.plain.user_id, { blocked: true }),
      );
      expect([status, body]).toEqual([403, { error: 'invalid_grant', error_description: 'user is blocked' }]);
      expect(lastLog(own).fix).toContain('"blocked":false');
    });

    it('refuses a user who was deleted', async () => {
      const { status, body } = await exchangeAfter(({ tenant }) => deleteUser(tenant, users.plain.user_id));
      expect([status, body]).toEqual([403, invalidCode]);
    });

    it('refuses an API that was deleted', async () => {
      const { status, body } = await exchangeAfter(({ tenant }) => deleteApi(tenant, audience));
      expect([status, body]).toEqual([
        403,
        { error: 'access_denied', error_description: `Service not enabled within domain: ${audience}` },
      ]);
    });

    it('refuses an API that wants a grant for users now', async () => {
      const { own, status, body } = await exchangeAfter(({ tenant }) =>
        updateApi(tenant, audience, {
          subject_type_authorization: { user: { policy: 'require_client_grant' } },
        }),
      );
      expect([status, body.error_description]).toEqual([
        403,
        `Client "web-client" is not authorized to access resource server "${audience}". You need to create a "client-grant" associated to this API.`,
      ]);
      expect(lastLog(own).fix).toBe(
        `auth0 client-grants create --client-id web-client --audience ${audience} --allow-all-scopes --subject-type user`,
      );
    });

    it('refuses an API that gives users no tokens now', async () => {
      const { own, status, body } = await exchangeAfter(({ tenant }) =>
        updateApi(tenant, audience, { subject_type_authorization: { user: { policy: 'deny_all' } } }),
      );
      expect([status, body.error]).toEqual([403, 'access_denied']);
      expect(lastLog(own).fix).toBe(
        `auth0 apis update ${audience} --subject-type-authorization '{"user":{"policy":"allow_all"}}'`,
      );
    });

    it('leaves out scopes that the user may no longer have', async () => {
      const { own, body } = await exchangeAfter(({ tenant }) =>
        updateApi(tenant, audience, { enforce_policies: true }),
      );
      expect(body.scope).toBe('openid');
      expect(lastLog(own)).toMatchObject({
        type: 'seacft',
        description: expect.stringContaining('without read:messages'),
        fix: expect.stringContaining('auth0 api post users/auth0%7Cplain/permissions --data'),
      });
    });
  });

  describe('gives a refresh token for offline_access', () => {
    const access = { scopes: ['openid', 'offline_access'] };

    it('where the API and the application allow it', async () => {
      const { body } = await exchangeCode(open.ask, createCode(open, { access }));
      expect([body.refresh_token, body.scope]).toEqual([expect.any(String), 'openid offline_access']);
    });

    it('and none where the API does not', async () => {
      const own = await openTenantForTest();
      updateApi(own.tenant, audience, { allow_offline_access: false });
      const { body } = await exchangeCode(own.ask, createCode(own, { access }));
      expect(body).not.toHaveProperty('refresh_token');
      expect(body.scope).toBe('openid');
      expect(lastLog(own).fix).toBe(`auth0 apis update ${audience} --offline-access`);
    });

    it('and none where the application may not use them', async () => {
      const own = await openTenantForTest();
      updateApplication(own.tenant, web.client_id, { grant_types: ['authorization_code'] });
      const { body } = await exchangeCode(own.ask, createCode(own, { access }));
      expect(body).not.toHaveProperty('refresh_token');
      expect(body.scope).toBe('openid');
      expect(lastLog(own).fix).toBe('auth0 apps update web-client --grants authorization_code,refresh_token');
    });

    it('and none where nobody asks', async () => {
      const { body } = await exchangeCode(open.ask, createCode(open));
      expect(body).not.toHaveProperty('refresh_token');
    });
  });
});
