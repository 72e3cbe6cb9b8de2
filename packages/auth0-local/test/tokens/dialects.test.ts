import { createSecretKey } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi, updateApi } from '../../src/tenant/apis.js';
import { createClientGrant } from '../../src/tenant/client-grants.js';
import { addPermissions } from '../../src/tenant/permissions.js';
import {
  createCode,
  exchangeCode,
  readToken,
  refresh,
  requestMachineToken,
  requestPasswordToken,
} from '../support/flow-requests.js';
import { openTenant, openTenantForTest, type OpenTenant } from '../support/open-tenant.js';
import { applications, audience, users } from '../support/trial-tenant.js';

const { machine, web } = applications;
const dialects = [
  { dialect: 'access_token', typ: 'JWT', client: 'azp', hasJti: false, hasGty: true, hasPermissions: false },
  {
    dialect: 'access_token_authz',
    typ: 'JWT',
    client: 'azp',
    hasJti: false,
    hasGty: true,
    hasPermissions: true,
  },
  {
    dialect: 'rfc9068_profile',
    typ: 'at+jwt',
    client: 'client_id',
    hasJti: true,
    hasGty: false,
    hasPermissions: false,
  },
  {
    dialect: 'rfc9068_profile_authz',
    typ: 'at+jwt',
    client: 'client_id',
    hasJti: true,
    hasGty: false,
    hasPermissions: true,
  },
] as const;

interface Flow {
  readonly flow: string;
  readonly gty: string | undefined;
  readonly clientId: string;
  readonly sub: string;
  readonly scope: string;
  readonly permissions: readonly string[];
  readonly get: (open: OpenTenant) => Promise<string>;
}

const scopes = ['read:messages', 'offline_access'];
const ofUser = {
  clientId: web.client_id,
  sub: users.plain.user_id,
  scope: 'read:messages offline_access',
  // All that were assigned, and not only what was asked for.
  permissions: ['read:messages', 'write:messages'],
};
const login = async (open: OpenTenant) =>
  (await exchangeCode(open.ask, createCode(open, { access: { scopes } }))).body;
const flows: readonly Flow[] = [
  {
    flow: 'client credentials',
    gty: 'client-credentials',
    clientId: machine.client_id,
    sub: `${machine.client_id}@clients`,
    scope: 'read:messages',
    permissions: ['read:messages'],
    get: async ({ ask }) => (await requestMachineToken(ask, { scope: 'read:messages' })).body.access_token,
  },
  { flow: 'code', gty: undefined, ...ofUser, get: async (open) => (await login(open)).access_token },
  {
    flow: 'refresh',
    gty: 'refresh_token',
    ...ofUser,
    get: async (open) => (await refresh(open.ask, (await login(open)).refresh_token)).body.access_token,
  },
  {
    flow: 'password',
    gty: 'password',
    ...ofUser,
    get: async ({ ask }) => (await requestPasswordToken(ask, { scope: scopes.join(' ') })).body.access_token,
  },
];
const rows = dialects.flatMap((dialect) => flows.map((flow) => ({ ...dialect, ...flow })));

describe('access tokens by dialect and flow', () => {
  let open: OpenTenant;

  beforeAll(async () => {
    open = await openTenant();
    addPermissions(open.tenant, users.plain.user_id, {
      permissions: ['read:messages', 'write:messages'].map((name) => ({
        resource_server_identifier: audience,
        permission_name: name,
      })),
    });
  });
  afterAll(() => open.close());

  describe.each(rows)('$dialect, $flow', (row) => {
    it('has every claim of the table, and no other', async () => {
      updateApi(open.tenant, audience, { token_dialect: row.dialect, enforce_policies: true });
      const { header, claims } = readToken(await row.get(open));
      expect(header).toEqual({ alg: 'RS256', typ: row.typ, kid: expect.any(String) });
      const iat = open.tenant.now() / 1000;
      expect(claims).toEqual({
        iss: open.site.issuer,
        sub: row.sub,
        aud: audience,
        iat,
        exp: iat + 86_400,
        scope: row.scope,
        [row.client]: row.clientId,
        ...(row.hasJti && { jti: expect.stringMatching(/^[\w-]{16,}$/) }),
        ...(row.hasGty && row.gty !== undefined && { gty: row.gty }),
        ...(row.hasPermissions && { permissions: row.permissions }),
      });
    });
  });

  it('gives no two tokens the same jti', async () => {
    updateApi(open.tenant, audience, { token_dialect: 'rfc9068_profile' });
    const tokens = await Promise.all(Array.from({ length: 10 }, () => requestMachineToken(open.ask)));
    const ids = tokens.map(({ body }) => readToken(body.access_token).claims.jti);
    expect(new Set(ids).size).toBe(10);
  });

  it('has an empty list of permissions where a user has none', async () => {
    const own = await openTenantForTest();
    updateApi(own.tenant, audience, { token_dialect: 'access_token_authz' });
    const { body } = await requestPasswordToken(own.ask, { scope: 'read:messages' });
    const { claims } = readToken(body.access_token);
    expect([claims['permissions'], claims['scope']]).toEqual([[], 'read:messages']);
  });

  it.each([
    ['RS256', ['urn:a', 'userinfo']],
    ['RS512', ['urn:a', 'userinfo']],
    ['PS256', ['urn:a', 'userinfo']],
    ['HS256', 'urn:a'],
  ])('are signed with %s, and are for the profile too where openid was asked for', async (alg, aud) => {
    const own = await openTenantForTest();
    const secret = 'a secret of sufficient length for it';
    createApi(own.tenant, { identifier: 'urn:a', signing_alg: alg, signing_secret: secret });
    createClientGrant(own.tenant, { client_id: machine.client_id, audience: 'urn:a' });
    const code = createCode(own, { access: { audience: 'urn:a', scopes: ['openid'] } });
    const { body } = await exchangeCode(own.ask, code);
    const keys = (await own.ask<JSONWebKeySet>('GET', '/.well-known/jwks.json')).body;
    const options = { algorithms: [alg], currentDate: new Date(own.tenant.now()) };
    const { payload } =
      alg === 'HS256'
        ? await jwtVerify(body.access_token, createSecretKey(Buffer.from(secret)), options)
        : await jwtVerify(body.access_token, createLocalJWKSet(keys), options);
    expect(payload.aud).toEqual(Array.isArray(aud) ? ['urn:a', `${own.site.issuer}userinfo`] : aud);
  });
});
