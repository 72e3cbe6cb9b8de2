import { allowInsecureRequests, ClientSecretPost, discovery, genericGrantRequest } from 'openid-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { updateApi } from '../../../src/tenant/apis.js';
import { updateApplication } from '../../../src/tenant/applications.js';
import {
  createClientGrant,
  deleteClientGrant,
  updateClientGrant,
} from '../../../src/tenant/client-grants.js';
import { recordConsent } from '../../../src/tenant/consents.js';
import { addPermissions } from '../../../src/tenant/permissions.js';
import { updateSettings } from '../../../src/tenant/settings.js';
import { deleteUser, updateUser } from '../../../src/tenant/users.js';
import { lastLog, readToken, requestPasswordToken } from '../../support/flow-requests.js';
import type { OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';
import {
  accessTokenType,
  calendar,
  calendarClient,
  exchange,
  gateway,
  getGrant,
  getSubjectToken,
  grantType,
  openChain,
} from '../../support/token-exchange.js';

const { web } = applications;
const { plain } = users;
const success = 'success_on_behalf_of_token_exchange';
const failure = 'failed_on_behalf_of_token_exchange';

describe('token exchange on behalf of a user', () => {
  let open: OpenTenant;
  let subject: string;

  beforeEach(async () => {
    open = await openChain();
    subject = await getSubjectToken(open);
    return () => open.close();
  });

  const allowCalendarToCallItself = (): void => {
    createClientGrant(open.tenant, {
      client_id: calendarClient.client_id,
      audience: calendar,
      subject_type: 'user',
    });
  };

  it('gives a token of the same user for another API, and nothing else', async () => {
    const { status, body } = await exchange(open.ask, subject);
    expect([status, body]).toEqual([
      200,
      {
        access_token: expect.any(String),
        expires_in: 3600,
        token_type: 'Bearer',
        issued_token_type: accessTokenType,
      },
    ]);
    const iat = open.tenant.now() / 1000;
    expect(readToken(body.access_token)).toEqual({
      header: { alg: 'RS256', typ: 'JWT', kid: expect.any(String) },
      claims: {
        iss: open.site.issuer,
        sub: plain.user_id,
        aud: calendar,
        iat,
        exp: iat + 3600,
        scope: 'read:events write:events',
        azp: gateway.client_id,
        act: { sub: gateway.client_id, act: { sub: web.client_id } },
      },
    });
    expect(lastLog(open)).toMatchObject({
      type: success,
      description: 'Access token exchanged on behalf of its user',
      client_id: gateway.client_id,
      client_name: 'Gateway',
      user_id: plain.user_id,
      user_name: plain.email,
      audience: calendar,
      scope: 'read:events write:events',
    });
    expect(lastLog(open)).not.toHaveProperty('fix');
  });

  it.each([
    ['access_token', 'JWT', { azp: gateway.client_id }],
    ['access_token_authz', 'JWT', { azp: gateway.client_id, permissions: ['read:events'] }],
    ['rfc9068_profile', 'at+jwt', { client_id: gateway.client_id, jti: expect.any(String) }],
    [
      'rfc9068_profile_authz',
      'at+jwt',
      { client_id: gateway.client_id, jti: expect.any(String), permissions: ['read:events'] },
    ],
  ])('speaks the dialect %s of the API that is called', async (dialect, typ, own) => {
    addPermissions(open.tenant, plain.user_id, {
      permissions: [{ resource_server_identifier: calendar, permission_name: 'read:events' }],
    });
    updateApi(open.tenant, calendar, { token_dialect: dialect });
    const { header, claims } = readToken((await exchange(open.ask, subject)).body.access_token);
    const { iss, sub, aud, iat, exp, scope, act, ...rest } = claims;
    expect(header.typ).toBe(typ);
    expect(act).toEqual({ sub: gateway.client_id, act: { sub: web.client_id } });
    expect(rest).toEqual(own);
  });

  it('reads every dialect of the API that calls', async () => {
    for (const dialect of [
      'access_token',
      'access_token_authz',
      'rfc9068_profile',
      'rfc9068_profile_authz',
    ]) {
      updateApi(open.tenant, audience, { token_dialect: dialect });
      const { body } = await exchange(open.ask, await getSubjectToken(open));
      expect(readToken(body.access_token).claims['act'], dialect).toEqual({
        sub: gateway.client_id,
        act: { sub: web.client_id },
      });
    }
  });

  it('nests who has acted before', async () => {
    allowCalendarToCallItself();
    const first = (await exchange(open.ask, subject)).body.access_token;
    const { body } = await exchange(open.ask, first, calendarClient);
    expect(readToken(body.access_token).claims).toMatchObject({
      sub: plain.user_id,
      azp: calendarClient.client_id,
      act: { sub: calendarClient.client_id, act: { sub: gateway.client_id, act: { sub: web.client_id } } },
    });
  });

  it('refuses a chain that would be too long', async () => {
    allowCalendarToCallItself();
    let token = (await exchange(open.ask, subject)).body.access_token;
    for (const depth of [3, 4]) {
      const { status, body } = await exchange(open.ask, token, calendarClient);
      expect(status, `${depth} levels`).toBe(200);
      token = body.access_token;
    }
    const { status, body } = await exchange(open.ask, token, calendarClient);
    expect([status, body]).toEqual([
      400,
      {
        error: 'invalid_request',
        error_description: 'Delegation chain (`act` claim) depth exceeds the maximum allowed limit of 4',
      },
    ]);
    expect(lastLog(open).type).toBe(failure);
  });

  it('keeps the organization of the login', async () => {
    updateSettings(open.tenant, { claims: { org_id: 'app_metadata.org' } });
    await updateUser(open.tenant, plain.user_id, { app_metadata: { org: 'org_a' } });
    const token = await getSubjectToken(open);
    await updateUser(open.tenant, plain.user_id, { app_metadata: { org: 'org_b' } });
    const { body } = await exchange(open.ask, token);
    expect(readToken(body.access_token).claims['org_id']).toBe('org_a');
  });

  it("lets the tenant's own claims say nothing of who acts", async () => {
    updateSettings(open.tenant, { claims: { act: 'app_metadata', tier: 'app_metadata.tier' } });
    await updateUser(open.tenant, plain.user_id, { app_metadata: { sub: 'forged', tier: 'gold' } });
    const { body } = await exchange(open.ask, await getSubjectToken(open));
    expect(readToken(body.access_token).claims).toMatchObject({
      tier: 'gold',
      act: { sub: gateway.client_id, act: { sub: web.client_id } },
    });
  });

  it('takes a form and credentials in the header', async () => {
    const { client_id: id, client_secret: secret } = gateway;
    const { status } = await open.ask('POST', '/oauth/token', {
      body: new URLSearchParams({
        grant_type: grantType,
        subject_token: subject,
        subject_token_type: accessTokenType,
        requested_token_type: accessTokenType,
        audience: calendar,
      }),
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    });
    expect(status).toBe(200);
  });

  it('works for a published client', async () => {
    const { client_id: id, client_secret: secret } = gateway;
    const config = await discovery(new URL(open.site.issuer), id, undefined, ClientSecretPost(secret), {
      execute: [allowInsecureRequests],
    });
    const tokens = await genericGrantRequest(config, grantType, {
      subject_token: subject,
      subject_token_type: accessTokenType,
      requested_token_type: accessTokenType,
      audience: calendar,
    });
    expect(readToken(tokens.access_token).claims.aud).toBe(calendar);
  });

  describe('scopes', () => {
    it.each([
      ['all that is asked for, without repeating it', 'read:events', undefined, 'read:events'],
      ['what there is of it, and says so', 'read:events fly', 'read:events', 'read:events'],
      ['all where only spaces are asked for', '  ', undefined, 'read:events write:events'],
    ])('are %s', async (_, scope, said, granted) => {
      const { status, body } = await exchange(open.ask, subject, { scope });
      expect([status, body.scope]).toEqual([200, said]);
      expect(readToken(body.access_token).claims['scope']).toBe(granted);
    });

    it.each(['allow_all', 'require_client_grant'])(
      'are those of the grant, whether the API wants one or not: %s',
      async (policy) => {
        updateApi(open.tenant, calendar, { subject_type_authorization: { user: { policy } } });
        const { id } = updateClientGrant(open.tenant, getGrant(open).id, {
          allow_all_scopes: false,
          scope: ['read:events'],
        });
        const { body } = await exchange(open.ask, subject);
        expect(body.scope).toBe('read:events');
        expect(lastLog(open)).toMatchObject({
          type: success,
          description: 'An access token without write:events: the client grant does not have it',
          fix: `auth0 client-grants update ${id} --scopes read:events,write:events`,
        });
      },
    );

    it("are those of the user's permissions, where the API enforces them", async () => {
      updateApi(open.tenant, calendar, { enforce_policies: true });
      addPermissions(open.tenant, plain.user_id, {
        permissions: [{ resource_server_identifier: calendar, permission_name: 'write:events' }],
      });
      const { body } = await exchange(open.ask, subject, { scope: 'read:events write:events' });
      expect(body.scope).toBe('write:events');
    });

    it('are refused where the user has none of them', async () => {
      updateApi(open.tenant, calendar, { enforce_policies: true });
      const { status, body } = await exchange(open.ask, subject, { scope: 'read:events' });
      expect([status, body]).toEqual([
        403,
        {
          error: 'access_denied',
          error_description: 'None of the requested scopes can be granted: read:events',
        },
      ]);
      expect(lastLog(open)).toMatchObject({
        type: failure,
        fix: expect.stringContaining('auth0 api post users/auth0%7Cplain/permissions'),
      });
    });

    it('are none where none is asked for and none can be had', async () => {
      updateApi(open.tenant, calendar, { enforce_policies: true });
      const { status, body } = await exchange(open.ask, subject);
      expect([status, body]).toEqual([200, expect.not.objectContaining({ scope: expect.anything() })]);
      expect(readToken(body.access_token).claims).not.toHaveProperty('scope');
    });

    it('may be those of OpenID Connect, and there is still no ID token', async () => {
      const { body } = await exchange(open.ask, subject, { scope: 'openid read:events' });
      expect(body).not.toHaveProperty('id_token');
      expect(readToken(body.access_token).claims.aud).toEqual([calendar, `${open.site.issuer}userinfo`]);
    });
  });

  it('refuses a wrong secret', async () => {
    const { status, body } = await exchange(open.ask, subject, { client_secret: 'wrong' });
    expect([status, body]).toEqual([401, { error: 'access_denied', error_description: 'Unauthorized' }]);
    expect(lastLog(open)).toMatchObject({ type: failure, client_id: gateway.client_id });
  });

  describe('the API that is called', () => {
    it('must be there', async () => {
      const { status, body } = await exchange(open.ask, subject, { audience: 'urn:nobody' });
      expect([status, body]).toEqual([
        403,
        { error: 'access_denied', error_description: 'Service not enabled within domain: urn:nobody' },
      ]);
      expect(lastLog(open)).toMatchObject({
        type: failure,
        fix: 'auth0 apis create --name urn:nobody --identifier urn:nobody',
      });
    });

    it.each(['allow_all', 'require_client_grant'])(
      'must have granted the client to act for users, whatever its policy is: %s',
      async (policy) => {
        updateApi(open.tenant, calendar, { subject_type_authorization: { user: { policy } } });
        deleteClientGrant(open.tenant, getGrant(open).id);
        createClientGrant(open.tenant, { client_id: gateway.client_id, audience: calendar });
        const { status, body } = await exchange(open.ask, subject);
        expect([status, body]).toEqual([
          403,
          {
            error: 'access_denied',
            error_description: `Client "gateway-client" is not authorized to access resource server "${calendar}". You need to create a "client-grant" associated to this API.`,
          },
        ]);
        expect(lastLog(open)).toMatchObject({
          type: failure,
          fix: `auth0 client-grants create --client-id gateway-client --audience ${calendar} --allow-all-scopes --subject-type user`,
        });
      },
    );

    it('need not have granted that to a client that is no API', async () => {
      expect((await requestPasswordToken(open.ask, { audience: calendar })).status).toBe(200);
    });

    it('must not be closed to users', async () => {
      updateApi(open.tenant, calendar, { subject_type_authorization: { user: { policy: 'deny_all' } } });
      const { status, body } = await exchange(open.ask, subject);
      expect([status, body.error]).toEqual([403, 'access_denied']);
      expect(lastLog(open).fix).toBe(
        `auth0 apis update ${calendar} --subject-type-authorization '{"user":{"policy":"allow_all"}}'`,
      );
    });

    const consentRequired = { error: 'consent_required', error_description: 'Consent required' };
    const recordItsConsent = (): void =>
      recordConsent(open.tenant, {
        user_id: plain.user_id,
        client_id: gateway.client_id,
        audience: calendar,
        scope: ['read:events', 'write:events'],
      });

    it('must waive the consent of its users, or have it', async () => {
      const { id } = updateApi(open.tenant, calendar, {
        skip_consent_for_verifiable_first_party_clients: false,
      });
      const { status, body } = await exchange(open.ask, subject);
      expect([status, body]).toEqual([403, consentRequired]);
      expect(lastLog(open)).toMatchObject({
        type: failure,
        fix: `auth0 api patch resource-servers/${id} --data '{"skip_consent_for_verifiable_first_party_clients":true}'`,
      });
      recordItsConsent();
      expect((await exchange(open.ask, subject)).status).toBe(200);
    });

    it('cannot waive it for the client of somebody else', async () => {
      updateApplication(open.tenant, gateway.client_id, { is_first_party: false });
      const { status, body } = await exchange(open.ask, subject);
      expect([status, body]).toEqual([403, consentRequired]);
      expect(lastLog(open)).not.toHaveProperty('fix');
      recordItsConsent();
      expect((await exchange(open.ask, subject)).status).toBe(200);
    });
  });

  describe('the user', () => {
    it('must not be blocked', async () => {
      await updateUser(open.tenant, plain.user_id, { blocked: true });
      const { status, body } = await exchange(open.ask, subject);
      expect([status, body]).toEqual([403, { error: 'invalid_grant', error_description: 'user is blocked' }]);
      expect(lastLog(open)).toMatchObject({
        type: failure,
        user_id: plain.user_id,
        fix: `auth0 api patch users/auth0%7Cplain --data '{"blocked":false}'`,
      });
    });

    it('must be there', async () => {
      deleteUser(open.tenant, plain.user_id);
      const { status, body } = await exchange(open.ask, subject);
      expect([status, body]).toEqual([
        403,
        { error: 'invalid_grant', error_description: 'The user does not exist.' },
      ]);
    });
  });
});
