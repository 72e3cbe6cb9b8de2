import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPermissions } from '../../../src/tenant/permissions.js';
import { updateApi } from '../../../src/tenant/apis.js';
import { updateApplication } from '../../../src/tenant/applications.js';
import { updateUser } from '../../../src/tenant/users.js';
import {
  createCode,
  createRefreshToken,
  exchangeCode,
  lastLog,
  readToken,
  refresh,
} from '../../support/flow-requests.js';
import { openTenant, openTenantForTest, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { web, spa, machine } = applications;
const unknown = { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' };
const day = 24 * 60 * 60;

describe('refresh_token', () => {
  let open: OpenTenant;

  beforeAll(async () => {
    open = await openTenant();
  });
  afterAll(() => open.close());

  it('gives new tokens for the same, and keeps the refresh token', async () => {
    const token = await createRefreshToken(open);
    open.advance(1000);
    const { status, body } = await refresh(open.ask, token);
    expect([status, body]).toEqual([
      200,
      {
        access_token: expect.any(String),
        id_token: expect.any(String),
        scope: 'openid read:messages offline_access',
        expires_in: 86_400,
        token_type: 'Bearer',
      },
    ]);
    expect(readToken(body.access_token).claims).toMatchObject({
      sub: users.plain.user_id,
      aud: [audience, `${open.site.issuer}userinfo`],
      gty: 'refresh_token',
      iat: open.tenant.now() / 1000,
    });
    expect(lastLog(open)).toMatchObject({
      type: 'sertft',
      client_id: web.client_id,
      user_id: users.plain.user_id,
      audience,
    });
    expect((await refresh(open.ask, token)).status).toBe(200);
  });

  it('keeps the time of the login in ID tokens, and leaves the nonce out', async () => {
    const code = createCode(open, {
      nonce: 'n',
      access: { scopes: ['openid', 'offline_access'], auth_time: 1234, sid: 's' },
    });
    const { body } = await exchangeCode(open.ask, code);
    const { claims } = readToken((await refresh(open.ask, body.refresh_token)).body.id_token);
    expect(claims).toMatchObject({ auth_time: 1234, sid: 's' });
    expect(claims).not.toHaveProperty('nonce');
  });

  it('gives an opaque token where there was no API', async () => {
    const code = createCode(open, { access: { audience: undefined, scopes: ['openid', 'offline_access'] } });
    const { body } = await exchangeCode(open.ask, code);
    const again = await refresh(open.ask, body.refresh_token);
    expect(again.body.access_token).not.toContain('.');
    expect(again.body.access_token).not.toBe(body.access_token);
  });

  it.each([
    ['fewer scopes where fewer are asked for', 'read:messages', 'read:messages', false],
    ['nothing that was not granted', 'openid write:messages', 'openid', true],
    ['no scope where nothing is left', 'write:messages', undefined, false],
  ])('gives %s', async (_, scope, granted, hasIdToken) => {
    const { body } = await refresh(open.ask, await createRefreshToken(open), { scope });
    expect([body.scope, 'id_token' in body]).toEqual([granted, hasIdToken]);
    expect(readToken(body.access_token).claims['scope']).toBe(granted);
  });

  it('gives all that was granted again after fewer were asked for', async () => {
    const token = await createRefreshToken(open);
    await refresh(open.ask, token, { scope: 'read:messages' });
    expect((await refresh(open.ask, token)).body.scope).toBe('openid read:messages offline_access');
  });

  it.each([
    ['a token that was never given', () => 'nothing'],
    ['a token of another kind', () => createCode(open)],
  ])('refuses %s', async (_, token) => {
    const { status, body } = await refresh(open.ask, token());
    expect([status, body]).toEqual([403, unknown]);
    expect(lastLog(open)).toMatchObject({ type: 'fertft', client_id: web.client_id });
  });

  it('refuses the token of another application, and leaves it alone', async () => {
    const token = await createRefreshToken(open);
    const asSpa = { client_id: spa.client_id, client_secret: undefined };
    expect((await refresh(open.ask, token, asSpa)).body).toEqual(unknown);
    expect((await refresh(open.ask, token)).status).toBe(200);
  });

  it('refuses an application that may not use it', async () => {
    const { status, body } = await refresh(open.ask, await createRefreshToken(open), machine);
    expect([status, body.error]).toEqual([403, 'unauthorized_client']);
  });

  it('refuses a user who is blocked, and does not use the token up', async () => {
    const own = await openTenantForTest();
    updateApplication(own.tenant, web.client_id, {
      refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring' },
    });
    const token = await createRefreshToken(own);
    await updateUser(own.tenant, users.plain.user_id, { blocked: true });
    const { status, body } = await refresh(own.ask, token);
    expect([status, body]).toEqual([403, { error: 'invalid_grant', error_description: 'user is blocked' }]);
    await updateUser(own.tenant, users.plain.user_id, { blocked: false });
    expect((await refresh(own.ask, token)).status).toBe(200);
  });

  it('follows the permissions of the user', async () => {
    const own = await openTenantForTest();
    const token = await createRefreshToken(own, ['read:messages', 'offline_access']);
    updateApi(own.tenant, audience, { enforce_policies: true });
    expect((await refresh(own.ask, token)).body.scope).toBe('offline_access');
    addPermissions(own.tenant, users.plain.user_id, {
      permissions: [{ resource_server_identifier: audience, permission_name: 'read:messages' }],
    });
    expect((await refresh(own.ask, token)).body.scope).toBe('read:messages offline_access');
  });

  it('goes with the user', async () => {
    const own = await openTenantForTest();
    const token = await createRefreshToken(own);
    own.tenant.store.users.delete(users.plain.user_id);
    expect((await refresh(own.ask, token)).status).toBe(403);
  });
});

describe('rotation of refresh tokens', () => {
  let open: OpenTenant;

  const rotate = (leeway = 0): void => {
    updateApplication(open.tenant, web.client_id, {
      refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring', leeway },
    });
  };

  beforeEach(async () => {
    open = await openTenant();
    return () => open.close();
  });

  it('gives another each time, and the newest is good', async () => {
    rotate();
    let token = await createRefreshToken(open);
    for (let round = 0; round < 3; round += 1) {
      const { status, body } = await refresh(open.ask, token);
      expect([status, body.refresh_token === token]).toEqual([200, false]);
      token = body.refresh_token ?? '';
    }
  });

  it('revokes the whole family when an old one comes again, and leaves other logins alone', async () => {
    rotate();
    const other = await createRefreshToken(open);
    const first = await createRefreshToken(open);
    const { body } = await refresh(open.ask, first);
    const again = await refresh(open.ask, first);
    expect([again.status, again.body]).toEqual([403, unknown]);
    expect(lastLog(open)).toMatchObject({
      type: 'ferrt',
      client_id: web.client_id,
      user_id: users.plain.user_id,
    });
    expect((await refresh(open.ask, body.refresh_token)).body).toEqual(unknown);
    expect((await refresh(open.ask, other)).status).toBe(200);
  });

  it('takes an old one again within the leeway, and not after it', async () => {
    rotate(10);
    const first = await createRefreshToken(open);
    await refresh(open.ask, first);
    open.advance(9999);
    const within = await refresh(open.ask, first);
    expect(within.status).toBe(200);
    expect((await refresh(open.ask, within.body.refresh_token)).status).toBe(200);
    open.advance(1);
    expect((await refresh(open.ask, first)).body).toEqual(unknown);
    expect(lastLog(open).type).toBe('ferrt');
  });

  it('counts the leeway from the first time, however often it is used', async () => {
    rotate(10);
    const first = await createRefreshToken(open);
    for (const wait of [0, 6000, 3999]) {
      open.advance(wait);
      expect((await refresh(open.ask, first)).status).toBe(200);
    }
    open.advance(1);
    expect((await refresh(open.ask, first)).status).toBe(403);
  });

  it('gives one of many requests at the same moment a token, and revokes it: somebody has a copy', async () => {
    rotate();
    const first = await createRefreshToken(open);
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(open.ask, first)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    expect((await refresh(open.ask, good[0]?.body.refresh_token)).body).toEqual(unknown);
  });

  it('still knows an old one when the application stops rotating', async () => {
    rotate();
    const first = await createRefreshToken(open);
    await refresh(open.ask, first);
    updateApplication(open.tenant, web.client_id, { refresh_token: { rotation_type: 'non-rotating' } });
    expect((await refresh(open.ask, first)).body).toEqual(unknown);
  });
});

describe('lifetimes of refresh tokens', () => {
  let open: OpenTenant;

  beforeEach(async () => {
    open = await openTenant();
    return () => open.close();
  });

  const limit = (policy: object): void => {
    updateApplication(open.tenant, web.client_id, {
      refresh_token: {
        expiration_type: 'expiring',
        infinite_token_lifetime: false,
        infinite_idle_token_lifetime: false,
        ...policy,
      },
    });
  };
  /** Whether a token is good each time, after waits in seconds; a new one is used from then on. */
  const useAfter = async (waits: readonly number[]): Promise<boolean[]> => {
    let token = await createRefreshToken(open);
    const results: boolean[] = [];
    for (const seconds of waits) {
      open.advance(seconds * 1000);
      const { status, body } = await refresh(open.ask, token);
      results.push(status === 200);
      token = body.refresh_token ?? token;
    }
    return results;
  };

  it('have no end by default', async () => {
    expect(await useAfter([3650 * day, 3650 * day])).toEqual([true, true]);
  });

  it.each(['rotating', 'non-rotating'])(
    'end with their time, however often they are used: %s',
    async (type) => {
      limit({ rotation_type: type, token_lifetime: 100, idle_token_lifetime: 60 });
      expect(await useAfter([50, 49, 1])).toEqual([true, true, false]);
    },
  );

  it.each(['rotating', 'non-rotating'])('end when they are not used: %s', async (type) => {
    limit({ rotation_type: type, token_lifetime: 1000, idle_token_lifetime: 60 });
    expect(await useAfter([59, 59, 60])).toEqual([true, true, false]);
  });

  it('have no end where the application says so, in spite of the numbers', async () => {
    limit({ token_lifetime: 100, infinite_token_lifetime: true, infinite_idle_token_lifetime: true });
    expect(await useAfter([3650 * day])).toEqual([true]);
  });

  it('have no end where they do not expire, in spite of the numbers', async () => {
    limit({ token_lifetime: 100, expiration_type: 'non-expiring' });
    expect(await useAfter([3650 * day])).toEqual([true]);
  });
});
