import { beforeEach, describe, expect, it } from 'vitest';
import { updateSettings } from '../../src/tenant/settings.js';
import { updateUser } from '../../src/tenant/users.js';
import { readToken, requestMachineToken, requestPasswordToken } from '../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../support/open-tenant.js';
import { users } from '../support/trial-tenant.js';

describe('customClaims', () => {
  let open: OpenTenant;

  beforeEach(async () => {
    open = await openTenant();
    return () => open.close();
  });

  const getClaims = async (claims: Record<string, string>): Promise<Record<string, unknown>> => {
    updateSettings(open.tenant, { claims });
    const { email: username, password } = users.admin;
    const { body } = await requestPasswordToken(open.ask, { username, password, scope: 'none' });
    const { iss, sub, aud, iat, exp, azp, gty, ...rest } = readToken(body.access_token).claims;
    expect([iss, sub, aud, iat, exp, azp, gty]).toEqual([
      open.site.issuer,
      users.admin.user_id,
      expect.any(String),
      expect.any(Number),
      expect.any(Number),
      'web-client',
      'password',
    ]);
    return rest;
  };

  it('are read from the user', async () => {
    await updateUser(open.tenant, users.admin.user_id, { user_metadata: { a: { b: [1, null] } } });
    expect(
      await getClaims({
        isAdmin: 'app_metadata.isAdmin',
        roles: 'roles',
        deep: 'user_metadata.a.b',
        email: 'email',
      }),
    ).toEqual({ isAdmin: true, roles: ['admin'], deep: [1, null], email: users.admin.email });
  });

  it('are left out where there is no value', async () => {
    expect(
      await getClaims({
        a: 'app_metadata.none',
        b: 'nothing',
        c: 'email.length',
        d: 'app_metadata.__proto__',
      }),
    ).toEqual({});
  });

  it('never show the hash of the password', async () => {
    expect(await getClaims({ a: 'password_hash' })).toEqual({});
  });

  it('replace none that the protocol has a meaning for', async () => {
    const names = [
      'iss',
      'sub',
      'aud',
      'exp',
      'iat',
      'nbf',
      'jti',
      'scope',
      'permissions',
      'azp',
      'client_id',
      'gty',
      'cnf',
      'act',
    ];
    expect(await getClaims(Object.fromEntries(names.map((name) => [name, 'email'])))).toEqual({});
  });

  it('are for users, and not for applications', async () => {
    updateSettings(open.tenant, { claims: { roles: 'roles' } });
    const { body } = await requestMachineToken(open.ask);
    expect(readToken(body.access_token).claims).not.toHaveProperty('roles');
  });
});
