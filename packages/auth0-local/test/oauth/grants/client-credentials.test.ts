import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi, updateApi } from '../../../src/tenant/apis.js';
import { createClientGrant } from '../../../src/tenant/client-grants.js';
import { lastLog, readToken, requestMachineToken, requestToken } from '../../support/flow-requests.js';
import { openTenant, openTenantForTest, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience } from '../../support/trial-tenant.js';

const { machine, stranger, web } = applications;

describe('client_credentials', () => {
  let open: OpenTenant;

  beforeAll(async () => {
    open = await openTenant();
  });
  afterAll(() => open.close());

  it('gives a token in the name of the application', async () => {
    const { status, body } = await requestMachineToken(open.ask);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      scope: 'read:messages write:messages',
      expires_in: 86_400,
      token_type: 'Bearer',
    });
    const iat = open.tenant.now() / 1000;
    expect(readToken(body.access_token).claims).toEqual({
      iss: open.site.issuer,
      sub: 'machine-client@clients',
      aud: audience,
      iat,
      exp: iat + 86_400,
      scope: 'read:messages write:messages',
      azp: 'machine-client',
      gty: 'client-credentials',
    });
    expect(lastLog(open)).toMatchObject({
      type: 'seccft',
      client_id: 'machine-client',
      client_name: 'Machine',
      audience,
      scope: 'read:messages write:messages',
    });
  });

  it.each([
    ['one of the scopes of its grant', 'read:messages', 'read:messages'],
    [
      'what it asks for and its grant has, in the order of the API',
      'read:admin write:messages read:messages',
      'read:messages write:messages',
    ],
    ['all of its grant where the parameter is empty', '', 'read:messages write:messages'],
  ])('gives %s', async (_, scope, granted) => {
    const { body } = await requestMachineToken(open.ask, { scope });
    expect(body.scope).toBe(granted);
    expect(readToken(body.access_token).claims['scope']).toBe(granted);
  });

  it.each([
    ['nothing that it asks for is in its grant', 'read:admin'],
    ['it asks for what the API does not define', 'fly'],
  ])('gives no scope, and no member scope, where %s', async (_, scope) => {
    const { status, body } = await requestMachineToken(open.ask, { scope });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['access_token', 'expires_in', 'token_type']);
    expect(readToken(body.access_token).claims).not.toHaveProperty('scope');
  });

  it('gives all scopes of the API, those of tomorrow too, where the grant allows all', async () => {
    const { tenant, ask } = await openTenantForTest();
    createClientGrant(tenant, { client_id: stranger.client_id, audience, allow_all_scopes: true });
    updateApi(tenant, audience, { scopes: [{ value: 'a' }, { value: 'b' }] });
    expect((await requestMachineToken(ask, stranger)).body.scope).toBe('a b');
  });

  it('gives a token for as long as the API says', async () => {
    const { tenant, ask } = await openTenantForTest();
    updateApi(tenant, audience, { token_lifetime: 60 });
    const { body } = await requestMachineToken(ask);
    const { exp, iat } = readToken(body.access_token).claims;
    expect([body.expires_in, (exp ?? 0) - (iat ?? 0)]).toEqual([60, 60]);
  });

  it('takes identifiers with and without a slash at the end for two APIs', async () => {
    const { tenant, ask } = await openTenantForTest();
    createApi(tenant, { identifier: `${audience}/` });
    const { status, body } = await requestMachineToken(ask, { audience: `${audience}/` });
    expect([status, body.error]).toEqual([403, 'access_denied']);
  });

  it('knows the Management API by what this listener calls it, and by what the other does', async () => {
    const { tenant, site, ask } = await openTenantForTest();
    for (const issuer of tenant.issuers) {
      const { status } = await requestMachineToken(ask, { audience: `${issuer}api/v2/` });
      expect(status).toBe(403);
    }
    createClientGrant(tenant, {
      client_id: machine.client_id,
      audience: `${tenant.issuers[0]}api/v2/`,
      scope: ['read:users'],
    });
    for (const issuer of tenant.issuers) {
      const { body } = await requestMachineToken(ask, { audience: `${issuer}api/v2/` });
      expect(readToken(body.access_token).claims).toMatchObject({
        aud: `${site.issuer}api/v2/`,
        scope: 'read:users',
      });
    }
  });

  it.each([
    [
      'an audience that is no API',
      { ...machine, audience: 'https://nobody.example.com' },
      {
        error: 'access_denied',
        error_description: 'Service not enabled within domain: https://nobody.example.com',
      },
      'auth0 apis create --name https://nobody.example.com --identifier https://nobody.example.com',
    ],
    [
      'an API that it has no grant for',
      { ...stranger, audience },
      {
        error: 'access_denied',
        error_description: `Client "stranger-client" is not authorized to access resource server "${audience}". You need to create a "client-grant" associated to this API.`,
      },
      `auth0 client-grants create --client-id stranger-client --audience ${audience} --allow-all-scopes`,
    ],
    [
      'no audience',
      { ...machine, audience: undefined },
      { error: 'access_denied', error_description: 'Non-global clients are not allowed access to APIv1' },
      'auth0 apis list',
    ],
    [
      'a grant type that the application may not use',
      { ...web, audience },
      {
        error: 'unauthorized_client',
        error_description: "Grant type 'client_credentials' not allowed for the client.",
        error_uri: 'https://auth0.com/docs/clients/client-grant-types',
      },
      'auth0 apps update web-client --grants authorization_code,refresh_token,password,urn:ietf:params:oauth:grant-type:device_code,client_credentials',
    ],
  ])('refuses %s, and the log has the command for it', async (_, parameters, body, fix) => {
    const answer = await requestToken(open.ask, { grant_type: 'client_credentials', ...parameters });
    expect([answer.status, answer.body]).toEqual([403, body]);
    expect(lastLog(open)).toMatchObject({ type: 'feccft', client_id: parameters.client_id, fix });
  });

  it('refuses an API that gives applications no tokens, and a grant does not help', async () => {
    const testTenant = await openTenantForTest();
    const access = { subject_type_authorization: { client: { policy: 'deny_all' } } };
    updateApi(testTenant.tenant, audience, access);
    const { status, body } = await requestMachineToken(testTenant.ask);
    expect([status, body]).toEqual([
      403,
      {
        error: 'access_denied',
        error_description: `Client "machine-client" is not authorized to access resource server "${audience}".`,
      },
    ]);
    expect(lastLog(testTenant).fix).toBe(
      `auth0 apis update ${audience} --subject-type-authorization '{"client":{"policy":"require_client_grant"}}'`,
    );
  });

  it('signs with the secret of an API that shares one', async () => {
    const { tenant, ask } = await openTenantForTest();
    const secret = 'a secret of sufficient length for it';
    const identifier = 'urn:shared';
    createApi(tenant, { identifier, signing_alg: 'HS256', signing_secret: secret });
    createClientGrant(tenant, { client_id: machine.client_id, audience: identifier });
    const { body } = await requestMachineToken(ask, { audience: identifier });
    expect(readToken(body.access_token).header).toEqual({ alg: 'HS256', typ: 'JWT' });
  });
});
