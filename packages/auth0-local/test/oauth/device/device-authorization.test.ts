import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUserCode, readUserCode } from '../../../src/oauth/device/user-code.js';
import { extendSeed } from '../../support/authorize-requests.js';
import { lastLog } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience } from '../../support/trial-tenant.js';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
let open: OpenTenant;
beforeAll(async () => {
  open = await openTenant(
    extendSeed({
      clients: [{ client_id: 'tv', name: 'TV', app_type: 'native', grant_types: [deviceGrant] }],
      resourceServers: [
        { identifier: 'urn:closed', subject_type_authorization: { user: { policy: 'deny_all' } } },
        {
          identifier: 'urn:granted',
          subject_type_authorization: { user: { policy: 'require_client_grant' } },
        },
      ],
    }),
  );
});
afterAll(() => open.close());

const ask = (body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  open.ask<Record<string, unknown>>('POST', '/oauth/device/code', { body, headers });

describe('POST /oauth/device/code', () => {
  it('gives the codes and where to go, as JSON that no cache keeps', async () => {
    const { status, headers, body } = await ask({ client_id: 'tv', audience, scope: 'openid' });

    expect(status).toBe(200);
    expect(body).toEqual({
      device_code: expect.stringMatching(/^[\w-]{43}$/),
      user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
      verification_uri: `${open.site.issuer}activate`,
      verification_uri_complete: `${open.site.issuer}activate?user_code=${String(body['user_code'])}`,
      expires_in: 900,
      interval: 5,
    });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('takes a form as well', async () => {
    const { status } = await open.ask('POST', '/oauth/device/code', {
      body: new URLSearchParams({ client_id: 'tv' }),
    });

    expect(status).toBe(200);
  });

  it('takes the id of an application with a secret alone, as the real tenant does, and the right secret', async () => {
    expect((await ask({ client_id: 'web-client' })).status).toBe(200);
    expect((await ask({ ...applications.web })).status).toBe(200);
    const basic = Buffer.from('web-client:web-secret').toString('base64');
    expect((await ask({}, { authorization: `Basic ${basic}` })).status).toBe(200);
  });

  it('keeps neither of the codes in its own words', async () => {
    const { body } = await ask({ client_id: 'tv' });
    const ids = open.tenant.store.artifacts.list({ kind: 'device_code' });

    expect(JSON.stringify(ids)).not.toContain(body['device_code']);
  });

  it.each([
    ['an unknown client', { client_id: 'nobody' }, 401, 'access_denied', 'Unauthorized', 'auth0 apps list'],
    [
      'a wrong secret',
      { client_id: 'web-client', client_secret: 'x' },
      401,
      'access_denied',
      'Unauthorized',
      'auth0 apps show web-client --reveal-secrets',
    ],
    [
      'a grant type that is not enabled',
      { client_id: 'spa-client' },
      403,
      'unauthorized_client',
      `Grant type '${deviceGrant}' not allowed for the client.`,
      `auth0 apps update spa-client --grants authorization_code,implicit,refresh_token,${deviceGrant}`,
    ],
    [
      'an unknown audience',
      { client_id: 'tv', audience: 'urn:nowhere' },
      403,
      'access_denied',
      'Service not enabled within domain: urn:nowhere',
      'auth0 apis create --name urn:nowhere --identifier urn:nowhere',
    ],
    [
      'an API without a grant for users',
      { client_id: 'tv', audience: 'urn:granted' },
      403,
      'access_denied',
      'Client "tv" is not authorized to access resource server "urn:granted". You need to create a "client-grant" associated to this API.',
      'auth0 client-grants create --client-id tv --audience urn:granted --allow-all-scopes --subject-type user',
    ],
    [
      'an API that is closed to users',
      { client_id: 'tv', audience: 'urn:closed' },
      403,
      'access_denied',
      'Client "tv" is not authorized to access resource server "urn:closed".',
      `auth0 apis update urn:closed --subject-type-authorization '{"user":{"policy":"allow_all"}}'`,
    ],
    [
      'a scope that is no text',
      { client_id: 'tv', scope: ['openid'] },
      400,
      'invalid_request',
      "Parameter 'scope' must be one string of reasonable length",
      undefined,
    ],
  ])('refuses %s', async (_name, body, status, error, description, fix) => {
    const answer = await ask(body);

    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error, error_description: description });
    expect(lastLog(open)).toMatchObject({ type: 'fdeaz', client_id: body.client_id });
    expect(lastLog(open).fix).toBe(fix);
  });

  it.each([
    ['no body', '', {}, 400],
    ['malformed JSON', '{', { 'content-type': 'application/json' }, 400],
    [
      'ten megabytes',
      `client_id=${'x'.repeat(10_000_000)}`,
      { 'content-type': 'application/x-www-form-urlencoded' },
      413,
    ],
  ])('refuses %s', async (_name, body, headers, status) => {
    const answer = await open.ask('POST', '/oauth/device/code', { body, headers });

    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error: 'invalid_request' });
  });
});

describe('readUserCode', () => {
  it.each([
    ['BCDF-GHJK', 'BCDF-GHJK'],
    ['bcdfghjk', 'BCDF-GHJK'],
    [' bcdf ghjk ', 'BCDF-GHJK'],
    ['b-c-d-f-g-h-j-k', 'BCDF-GHJK'],
    ['BCDF-GHJ', undefined],
    ['BCDF-GHJKL', undefined],
    ['ACDF-GHJK', undefined],
    ['BCDF-GHJ0', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (typed, code) => {
    expect(readUserCode(typed)).toBe(code);
  });

  it('reads every code that is made', () => {
    for (let round = 0; round < 200; round += 1) {
      const code = createUserCode();
      expect(readUserCode(code)).toBe(code);
    }
  });
});
