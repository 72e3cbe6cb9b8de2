import { decodeJwt } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../src/log/tenant-log.js';
import { createApi, findApi, updateApi } from '../../src/tenant/apis.js';
import { updateApplication } from '../../src/tenant/applications.js';
import { createClientGrant } from '../../src/tenant/client-grants.js';
import { managementIdentifier } from '../../src/tenant/tenant.js';
import { updateUser } from '../../src/tenant/users.js';
import { applications, audience, users } from '../support/trial-tenant.js';
import { openPageForTest, type PageBench } from './support/open-page.js';

const machine = { client_id: applications.machine.client_id, audience };
const plain = { client_id: applications.web.client_id, audience, user_id: users.plain.user_id };
const admin = { ...plain, user_id: users.admin.user_id };

interface Answer {
  readonly access_token: string;
  readonly scope?: string;
}

describe('POST /dashboard/api/test-token', () => {
  let page: PageBench;

  beforeEach(async () => {
    page = await openPageForTest();
  });

  const take = <Body = Answer>(body: unknown) => page.askAsPage<Body>('POST', '/test-token', { body });
  const lastLog = (): LogEntry | undefined => page.tenant.log.list(1)[0];

  describe('as an application', () => {
    it('gives what its client credentials give, without its secret, and says what of all there is that lacks', async () => {
      const { body: real } = await page.ask<Answer>('POST', '/oauth/token', {
        body: { grant_type: 'client_credentials', ...applications.machine, audience },
      });
      const { status, headers, body } = await take(machine);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect({ ...body, access_token: '' }).toEqual({
        ...real,
        access_token: '',
        note: {
          description: 'An access token without read:admin: the client grant does not have it',
          fix: expect.stringMatching(/^auth0 client-grants update cgr_\w+ --scopes .*read:admin$/) as string,
        },
        log_id: lastLog()?.log_id,
      });
      expect(withoutId(body.access_token)).toEqual(withoutId(real.access_token));
    });

    it('notes in the log that it was the Test tab', async () => {
      await take({ ...machine, scope: 'read:messages' });
      expect(page.tenant.log.list()).toHaveLength(1);
      expect(lastLog()).toMatchObject({
        type: 'seccft',
        description: 'Test tab: An access token in the name of the application',
        client_id: 'machine-client',
        client_name: 'Machine',
        audience,
        scope: 'read:messages',
        ip: expect.stringMatching(/127\.0\.0\.1|::1/) as string,
      });
    });

    it('says why scopes are missing, and what gives them', async () => {
      const { body } = await take({ ...machine, scope: 'read:messages read:admin' });
      const note = {
        description: 'An access token without read:admin: the client grant does not have it',
        fix: expect.stringMatching(/^auth0 client-grants update cgr_\w+ --scopes .*read:admin$/) as string,
      };
      expect(body).toMatchObject({ scope: 'read:messages', note });
      expect(lastLog()).toMatchObject({ ...note, description: `Test tab: ${note.description}` });
    });

    it.each([
      [
        { ...machine, client_id: 'stranger-client' },
        `Client "stranger-client" is not authorized to access resource server "${audience}". You need to create a "client-grant" associated to this API.`,
        `auth0 client-grants create --client-id stranger-client --audience ${audience} --allow-all-scopes`,
      ],
      [
        { ...machine, audience: 'urn:nothing' },
        'Service not enabled within domain: urn:nothing',
        'auth0 apis create --name urn:nothing --identifier urn:nothing',
      ],
      [
        { ...machine, client_id: 'nobody' },
        'There is no application with the client_id nobody.',
        'auth0 apps list',
      ],
    ])('refuses %j with the command that fixes it', async (body, description, fix) => {
      const answer = await take(body);
      expect([answer.status, answer.body]).toEqual([
        403,
        { error: 'access_denied', error_description: description, fix, log_id: lastLog()?.log_id },
      ]);
      expect(page.tenant.log.list()).toHaveLength(1);
      expect(lastLog()).toMatchObject({ type: 'feccft', description: `Test tab: ${description}`, fix });
      expect(lastLog()?.client_id).toBe(body.client_id);
    });

    it('proposes no command that does something to a terminal', async () => {
      const { status, body } = await take({ ...machine, audience: 'urn:a\u0003\ntouch /tmp/a\n' });
      expect(status).toBe(403);
      expect(body).not.toHaveProperty('fix');
    });

    it.each([
      ['web-client', '--grants authorization_code,refresh_token,password,'],
      // It cannot have the grant type before it has a secret.
      ['spa-client', '--auth-method Post'],
    ])('refuses %s, which may not use client credentials', async (id, options) => {
      const { status, body } = await take({ ...machine, client_id: id });
      expect(status).toBe(403);
      expect(body).toMatchObject({
        error: 'unauthorized_client',
        fix: expect.stringContaining(`auth0 apps update ${id} ${options}`) as string,
      });
    });
  });

  describe('as a user', () => {
    it('gives what the user would have after a login, with all scopes of the API', async () => {
      const { status, body } = await take(plain);
      expect(status).toBe(200);
      expect(body).toEqual({
        access_token: expect.any(String) as string,
        scope: 'read:messages write:messages read:admin',
        expires_in: 86_400,
        token_type: 'Bearer',
        log_id: lastLog()?.log_id,
      });
      const claims = decodeJwt(body.access_token);
      expect(claims).toMatchObject({ sub: users.plain.user_id, azp: 'web-client', aud: audience });
      expect(claims).not.toHaveProperty('gty');
    });

    it('notes the user in the log', async () => {
      await take(plain);
      expect(page.tenant.log.list()).toHaveLength(1);
      expect(lastLog()).toMatchObject({
        type: 'seacft',
        description: 'Test tab: An access token in the name of a user',
        client_name: 'Web',
        user_id: users.plain.user_id,
        user_name: users.plain.email,
      });
    });

    it('is no login of the user', async () => {
      await take(plain);
      expect(page.tenant.store.users.get(users.plain.user_id)).not.toHaveProperty('last_login');
    });

    it('gives only what was asked for, and nothing where that is nothing', async () => {
      expect((await take({ ...plain, scope: 'write:messages' })).body.scope).toBe('write:messages');
      expect((await take({ ...plain, scope: '' })).body).not.toHaveProperty('scope');
    });

    it('gives an ID token where it is asked for, and a refresh token never', async () => {
      const { body } = await take({ ...plain, scope: 'openid offline_access read:messages' });
      expect(body.scope).toBe('openid read:messages');
      expect(body).toHaveProperty('id_token');
      expect(body).not.toHaveProperty('refresh_token');
      expect(body).not.toHaveProperty('note');
      expect(page.tenant.store.artifacts.count({ kind: 'refresh_token' })).toBe(0);
    });

    it('gives permissions where the API enforces them, and says which the user does not have', async () => {
      updateApi(page.tenant, audience, {
        enforce_policies: true,
        token_dialect: 'access_token_authz',
      });
      const { body } = await take(admin);
      expect(body).toMatchObject({
        scope: 'read:admin',
        note: {
          description:
            'An access token without read:messages write:messages: the API enforces permissions, and the user does not have them',
          fix: expect.stringContaining(
            `auth0 api post 'users/auth0%7Cadmin/permissions'`.replaceAll("'", ''),
          ),
        },
      });
      expect(decodeJwt(body.access_token)['permissions']).toEqual(['read:admin']);
    });

    it.each(['implicit', 'password', 'urn:ietf:params:oauth:grant-type:device_code'])(
      'takes an application that has users by %s',
      async (grantType) => {
        updateApplication(page.tenant, 'stranger-client', { grant_types: [grantType] });
        expect((await take({ ...plain, client_id: 'stranger-client' })).status).toBe(200);
      },
    );

    it('refuses an application that has no users', async () => {
      const { status, body } = await take({ ...plain, client_id: 'machine-client' });
      const fix = 'auth0 apps update machine-client --grants client_credentials,authorization_code';
      expect([status, body]).toEqual([
        403,
        {
          error: 'unauthorized_client',
          error_description: "Grant type 'authorization_code' not allowed for the client.",
          error_uri: expect.any(String) as string,
          fix,
          log_id: lastLog()?.log_id,
        },
      ]);
      expect(lastLog()).toMatchObject({ type: 'feacft', client_name: 'Machine', fix });
    });

    it('refuses a user who is blocked or not there', async () => {
      await updateUser(page.tenant, users.plain.user_id, { blocked: true });
      expect((await take(plain)).body).toEqual({
        error: 'invalid_grant',
        error_description: 'user is blocked',
        fix: `auth0 api patch users/auth0%7Cplain --data '{"blocked":false}'`,
        log_id: lastLog()?.log_id,
      });
      expect(lastLog()).toMatchObject({ type: 'feacft', user_name: users.plain.email });
      expect((await take({ ...plain, user_id: '' })).body).toEqual({
        error: 'invalid_grant',
        error_description: 'The user does not exist.',
        log_id: lastLog()?.log_id,
      });
    });

    it('refuses where the API lets nobody, or only granted applications, act for users', async () => {
      updateApi(page.tenant, audience, { subject_type_authorization: { user: { policy: 'deny_all' } } });
      expect((await take(plain)).body).toMatchObject({
        error: 'access_denied',
        fix: expect.stringContaining('auth0 apis update') as string,
      });
      updateApi(page.tenant, audience, {
        subject_type_authorization: { user: { policy: 'require_client_grant' } },
      });
      expect((await take(plain)).body).toMatchObject({
        fix: `auth0 client-grants create --client-id web-client --audience ${audience} --allow-all-scopes --subject-type user`,
      });
      createClientGrant(page.tenant, {
        client_id: 'web-client',
        audience,
        subject_type: 'user',
        scope: ['read:messages'],
      });
      expect((await take(plain)).body.scope).toBe('read:messages');
    });

    it('gives nothing of the Management API', async () => {
      const { body } = await take({ ...plain, audience: managementIdentifier(page.site.issuer) });
      expect(body).not.toHaveProperty('scope');
      expect(decodeJwt(body.access_token)).not.toHaveProperty('scope');
    });

    it('signs as the API wants it', async () => {
      createApi(page.tenant, { identifier: 'urn:shared', signing_alg: 'HS256' });
      expect(findApi(page.tenant, 'urn:shared')?.signing_alg).toBe('HS256');
      const { body } = await take({ ...plain, audience: 'urn:shared' });
      expect(Buffer.from(body.access_token.split('.')[0] ?? '', 'base64url').toString()).toContain('HS256');
    });
  });

  it.each([
    ['{', 400],
    ['[]', 400],
    ['null', 400],
    [{ client_id: 'machine-client' }, 400],
    [{ ...machine, scope: ['read:messages'] }, 400],
    [{ ...machine, user_id: null }, 400],
    [{ ...machine, secret: 'x' }, 400],
    [{ ...machine, scope: 'x'.repeat(1_100_000) }, 413],
    [{ ...machine, scope: 'x'.repeat(20_000) }, 400],
  ])('refuses a body that is none: %.40j', async (body, status) => {
    const answer = await page.askAsPage<object>('POST', '/test-token', {
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(status);
    expect(answer.body).not.toHaveProperty('access_token');
  });

  it('is for the page only', async () => {
    for (const headers of [{}, { cookie: page.cookie, 'sec-fetch-site': 'cross-site' }]) {
      const { status } = await page.ask('POST', '/dashboard/api/test-token', { body: machine, headers });
      expect([401, 403]).toContain(status);
    }
    expect(page.tenant.log.list()).toEqual([]);
  });
});

/** The claims, without what is new in each token. */
function withoutId(token: string): object {
  const { jti, ...claims } = decodeJwt(token);
  return claims;
}
