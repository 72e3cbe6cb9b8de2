import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { updateApplication, getApplication } from '../../src/tenant/applications.js';
import { updateSettings } from '../../src/tenant/settings.js';
import { updateUser } from '../../src/tenant/users.js';
import { createCode, exchangeCode, readToken } from '../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../support/open-tenant.js';
import { applications, users } from '../support/trial-tenant.js';

const { web } = applications;

describe('issueIdToken', () => {
  let open: OpenTenant;

  beforeEach(async () => {
    open = await openTenant();
    return () => open.close();
  });

  const getIdToken = async (scopes: readonly string[] = ['openid']): Promise<string> => {
    const { body } = await exchangeCode(open.ask, createCode(open, { access: { scopes } }));
    return body.id_token ?? '';
  };
  /** The claims about the user: those that the protocol wants are left out. */
  const getProfile = async (scopes: readonly string[]): Promise<Partial<JWTPayload>> => {
    const { iss, sub, aud, iat, exp, auth_time, ...profile } = readToken(await getIdToken(scopes)).claims;
    expect([iss, sub, aud, iat, exp, auth_time]).not.toContain(undefined);
    return profile;
  };

  it.each(['RS256', 'PS256'])('are signed with %s by the key of the tenant', async (alg) => {
    updateApplication(open.tenant, web.client_id, { jwt_configuration: { alg } });
    const keys = (await open.ask<JSONWebKeySet>('GET', '/.well-known/jwks.json')).body;
    const { payload, protectedHeader } = await jwtVerify(await getIdToken(), createLocalJWKSet(keys), {
      algorithms: [alg],
      issuer: open.site.issuer,
      audience: web.client_id,
      currentDate: new Date(open.tenant.now()),
    });
    expect([payload.sub, protectedHeader.typ]).toEqual([users.plain.user_id, 'JWT']);
  });

  it('are signed with the secret of the application where it wants HS256', async () => {
    updateApplication(open.tenant, web.client_id, { jwt_configuration: { alg: 'HS256' } });
    const { client_secret: secret } = getApplication(open.tenant, web.client_id);
    const { protectedHeader } = await jwtVerify(await getIdToken(), new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      currentDate: new Date(open.tenant.now()),
    });
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' });
  });

  it('live as long as the application says', async () => {
    updateApplication(open.tenant, web.client_id, { jwt_configuration: { lifetime_in_seconds: 60 } });
    const { exp = 0, iat = 0 } = readToken(await getIdToken()).claims;
    expect(exp - iat).toBe(60);
  });

  it('leave out what they were not given: nonce and session', async () => {
    expect(await getProfile(['openid'])).toEqual({});
  });

  it.each([
    [['profile'], ['name', 'nickname', 'picture', 'given_name', 'updated_at']],
    [['email'], ['email', 'email_verified']],
    [['phone'], ['phone_number', 'phone_number_verified']],
    [['address'], []],
    [['name'], ['name']],
    [
      ['nickname', 'picture'],
      ['nickname', 'picture'],
    ],
    [['given_name', 'family_name'], ['given_name']],
    [['email_verified'], ['email_verified']],
    [['created_at'], ['created_at']],
    [['identities'], ['identities']],
    [
      ['profile', 'name', 'email'],
      ['name', 'nickname', 'picture', 'given_name', 'updated_at', 'email', 'email_verified'],
    ],
  ])('have for the scopes %j the claims %j', async (scopes, names) => {
    await updateUser(open.tenant, users.plain.user_id, {
      given_name: 'Ada',
      phone_number: '+4912345',
      phone_verified: false,
    });
    expect(Object.keys(await getProfile(['openid', ...scopes]))).toEqual(names);
  });

  it("never have what is nobody else's business", async () => {
    await updateUser(open.tenant, users.plain.user_id, {
      app_metadata: { secret: 1 },
      user_metadata: { a: 1 },
    });
    const everything =
      'openid profile email address phone name identities created_at password_hash app_metadata';
    const profile = await getProfile(everything.split(' '));
    for (const name of ['password_hash', 'app_metadata', 'user_metadata', 'blocked']) {
      expect(profile).not.toHaveProperty(name);
    }
  });

  it('have the claims that the tenant adds, which replace none of the protocol', async () => {
    updateSettings(open.tenant, {
      claims: {
        'https://example.com/plan': 'app_metadata.plan',
        'https://example.com/none': 'app_metadata.none',
        iss: 'email',
        nonce: 'email',
        sid: 'email',
        scope: 'email',
      },
    });
    await updateUser(open.tenant, users.plain.user_id, { app_metadata: { plan: { name: 'gold' } } });
    expect(await getProfile(['openid'])).toEqual({ 'https://example.com/plan': { name: 'gold' } });
  });
});
