import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countDerivations } from '../../support/count-derivations.js';
import { updateApi } from '../../../src/tenant/apis.js';
import { updateApplication } from '../../../src/tenant/applications.js';
import { getUser, updateUser } from '../../../src/tenant/users.js';
import { lastLog, readToken, requestPasswordToken } from '../../support/flow-requests.js';
import { openTenant, openTenantForTest, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { web, machine } = applications;
const realmGrant = 'http://auth0.com/oauth/grant-type/password-realm';
const wrong = { error: 'invalid_grant', error_description: 'Wrong email or password.' };

describe('password', () => {
  let open: OpenTenant;

  beforeAll(async () => {
    open = await openTenant();
  });
  afterAll(() => open.close());

  it('gives a token in the name of the user', async () => {
    const { status, body } = await requestPasswordToken(open.ask, { scope: 'read:messages' });
    expect([status, body]).toEqual([
      200,
      { access_token: expect.any(String), scope: 'read:messages', expires_in: 86_400, token_type: 'Bearer' },
    ]);
    expect(readToken(body.access_token).claims).toMatchObject({
      sub: users.plain.user_id,
      aud: audience,
      azp: web.client_id,
      gty: 'password',
    });
    expect(lastLog(open)).toMatchObject({
      type: 'sepft',
      client_id: web.client_id,
      user_id: users.plain.user_id,
      user_name: users.plain.email,
    });
  });

  it('notes the login of the user', async () => {
    const own = await openTenantForTest();
    await requestPasswordToken(own.ask);
    expect(getUser(own.tenant, users.plain.user_id)).toMatchObject({
      logins_count: 1,
      last_login: new Date(own.tenant.now()).toISOString(),
    });
  });

  it('gives all scopes of the API where none are asked for', async () => {
    const { body } = await requestPasswordToken(open.ask);
    expect(body.scope).toBe('read:messages write:messages read:admin');
  });

  it('gives of these what the user has, where the API enforces permissions', async () => {
    const own = await openTenantForTest();
    updateApi(own.tenant, audience, { enforce_policies: true });
    expect((await requestPasswordToken(own.ask)).body).not.toHaveProperty('scope');
    const { email: username, password } = users.admin;
    expect((await requestPasswordToken(own.ask, { username, password })).body.scope).toBe('read:admin');
  });

  it('gives an ID token and a refresh token where they are asked for', async () => {
    const { body } = await requestPasswordToken(open.ask, { scope: 'openid offline_access profile' });
    expect(body).toMatchObject({ scope: 'openid profile offline_access', refresh_token: expect.any(String) });
    expect(readToken(body.id_token).claims).toMatchObject({
      nickname: 'plain',
      auth_time: open.tenant.now() / 1000,
    });
  });

  it('gives an opaque token without an audience', async () => {
    const { body } = await requestPasswordToken(open.ask, { audience: undefined, scope: 'openid' });
    expect(body.access_token).not.toContain('.');
  });

  it('knows an email however it is written', async () => {
    const { status } = await requestPasswordToken(open.ask, { username: users.plain.email.toUpperCase() });
    expect(status).toBe(200);
  });

  it('gives users no permissions of the Management API', async () => {
    const { status, body } = await requestPasswordToken(open.ask, { audience: `${open.site.issuer}api/v2/` });
    expect([status, 'scope' in body]).toEqual([200, false]);
    expect(readToken(body.access_token).claims).not.toHaveProperty('scope');
  });

  it.each([
    ['a wrong password', { password: 'wrong' }, `auth0 users update 'auth0|plain' --password '<password>'`],
    [
      'an unknown email',
      { username: 'nobody@example.com' },
      `auth0 users create --email nobody@example.com --password '<password>'`,
    ],
  ])('refuses %s, with the same words', async (_, parameters, fix) => {
    const { status, body } = await requestPasswordToken(open.ask, parameters);
    expect([status, body]).toEqual([403, wrong]);
    expect(lastLog(open)).toMatchObject({ type: 'fepft', client_id: web.client_id, fix });
  });

  it('does the same work for an unknown email as for a wrong password', async () => {
    const count = (parameters: object): Promise<number> =>
      countDerivations(() => requestPasswordToken(open.ask, { ...parameters }));
    expect(await count({ password: 'wrong' })).toBe(1);
    expect(await count({ username: 'nobody@example.com' })).toBe(1);
  });

  it('refuses a blocked user, but tells so only who knows the password', async () => {
    const own = await openTenantForTest();
    await updateUser(own.tenant, users.plain.user_id, { blocked: true });
    const { status, body } = await requestPasswordToken(own.ask);
    expect([status, body]).toEqual([403, { error: 'invalid_grant', error_description: 'user is blocked' }]);
    expect(lastLog(own)).toMatchObject({
      type: 'fepft',
      user_id: users.plain.user_id,
      fix: `auth0 api patch users/auth0%7Cplain --data '{"blocked":false}'`,
    });
    expect((await requestPasswordToken(own.ask, { password: 'wrong' })).body).toEqual(wrong);
  });

  it('refuses an unknown API', async () => {
    const { status, body } = await requestPasswordToken(open.ask, { audience: 'urn:nothing' });
    expect([status, body]).toEqual([
      403,
      { error: 'access_denied', error_description: 'Service not enabled within domain: urn:nothing' },
    ]);
    expect(lastLog(open).fix).toBe('auth0 apis create --name urn:nothing --identifier urn:nothing');
  });

  it.each(['username', 'password'])('asks for %s where it is missing', async (name) => {
    const { status, body } = await requestPasswordToken(open.ask, { [name]: undefined });
    expect([status, body]).toEqual([
      400,
      { error: 'invalid_request', error_description: `Missing required parameter: ${name}` },
    ]);
  });

  it('refuses an application that may not use it', async () => {
    const { status, body } = await requestPasswordToken(open.ask, machine);
    expect([status, body.error]).toEqual([403, 'unauthorized_client']);
  });

  it('writes no password into the log', async () => {
    await requestPasswordToken(open.ask, { password: 'a-wrong-one' });
    expect(JSON.stringify(open.tenant.log.list())).not.toMatch(/a-wrong-one|plain-password/);
  });
});

describe('password-realm', () => {
  let open: OpenTenant;

  beforeAll(async () => {
    open = await openTenant();
    updateApplication(open.tenant, web.client_id, { grant_types: [realmGrant] });
  });
  afterAll(() => open.close());

  const ask = (realm: string | undefined) =>
    requestPasswordToken(open.ask, { grant_type: realmGrant, realm });

  it('gives a token for the connection of the tenant', async () => {
    const { status, body } = await ask('Username-Password-Authentication');
    expect(status).toBe(200);
    expect(readToken(body.access_token).claims['gty']).toBe('password');
  });

  it('refuses another connection', async () => {
    const { status, body } = await ask('google-oauth2');
    expect([status, body]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'Unknown realm: google-oauth2' },
    ]);
    expect(lastLog(open).description).toContain('Username-Password-Authentication');
  });

  it('asks for the connection where it is missing', async () => {
    expect((await ask(undefined)).body.error_description).toBe('Missing required parameter: realm');
  });

  it('is a grant type of its own', async () => {
    const { status, body } = await requestPasswordToken(open.ask);
    expect([status, body.error_description]).toEqual([
      403,
      "Grant type 'password' not allowed for the client.",
    ]);
  });
});
