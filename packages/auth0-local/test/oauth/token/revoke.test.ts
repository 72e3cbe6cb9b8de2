import { beforeEach, describe, expect, it } from 'vitest';
import { updateApplication } from '../../../src/tenant/applications.js';
import {
  createCode,
  createRefreshToken,
  exchangeCode,
  lastLog,
  refresh,
} from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, users } from '../../support/trial-tenant.js';

const { web, machine } = applications;

describe('POST /oauth/revoke', () => {
  let open: OpenTenant;

  beforeEach(async () => {
    open = await openTenant();
    return () => open.close();
  });

  const revoke = (parameters: Record<string, unknown>) =>
    open.ask('POST', '/oauth/revoke', { body: { ...web, ...parameters } });

  it('ends a refresh token, with an empty answer', async () => {
    const token = await createRefreshToken(open);
    const { status, body, headers } = await revoke({ token });
    expect([status, body, headers.get('cache-control')]).toEqual([200, '', 'no-store']);
    expect(lastLog(open)).toMatchObject({
      type: 'srrt',
      client_id: web.client_id,
      user_id: users.plain.user_id,
    });
    expect((await refresh(open.ask, token)).status).toBe(403);
  });

  it('takes a form', async () => {
    const token = await createRefreshToken(open);
    const body = new URLSearchParams({ ...web, token, token_type_hint: 'refresh_token' });
    expect((await open.ask('POST', '/oauth/revoke', { body })).status).toBe(200);
    expect((await refresh(open.ask, token)).status).toBe(403);
  });

  it('ends all tokens of the login, whichever of them is sent', async () => {
    updateApplication(open.tenant, web.client_id, { refresh_token: { rotation_type: 'rotating' } });
    const access = { audience: undefined, scopes: ['openid', 'offline_access'] };
    const { body: first } = await exchangeCode(open.ask, createCode(open, { access }));
    const { body: second } = await refresh(open.ask, first.refresh_token);
    await revoke({ token: first.refresh_token });
    expect((await refresh(open.ask, second.refresh_token)).status).toBe(403);
    const headers = { authorization: `Bearer ${second.access_token}` };
    expect((await open.ask('GET', '/userinfo', { headers })).status).toBe(401);
  });

  it('leaves other logins alone', async () => {
    const other = await createRefreshToken(open);
    await revoke({ token: await createRefreshToken(open) });
    expect((await refresh(open.ask, other)).status).toBe(200);
  });

  it.each([
    ['that is unknown', () => 'nothing'],
    ['that is a code', () => createCode(open)],
    [
      'that is an access token',
      async () => (await exchangeCode(open.ask, createCode(open))).body.access_token,
    ],
  ])('has nothing against a token %s', async (_, token) => {
    const { status, body } = await revoke({ token: await token() });
    expect([status, body]).toEqual([200, '']);
  });

  it('ends no other kind of token', async () => {
    const code = createCode(open);
    await revoke({ token: code });
    expect((await exchangeCode(open.ask, code)).status).toBe(200);
  });

  it('refuses the token of another application, and leaves it alone', async () => {
    const token = await createRefreshToken(open);
    const { status, body } = await revoke({ ...machine, token });
    expect([status, body]).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'The token was issued to another client.' },
    ]);
    expect((await refresh(open.ask, token)).status).toBe(200);
  });

  it('refuses who is not the application', async () => {
    const token = await createRefreshToken(open);
    const { status, body } = await revoke({ token, client_secret: 'wrong' });
    expect([status, body]).toEqual([401, { error: 'access_denied', error_description: 'Unauthorized' }]);
    expect((await refresh(open.ask, token)).status).toBe(200);
  });

  it('asks for the token where it is missing', async () => {
    const { status, body } = await revoke({});
    expect([status, body]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'Missing required parameter: token' },
    ]);
  });

  it.each([['{'], ['[]'], ['"a"']])('refuses the body %s', async (body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await open.ask<{ error: string }>('POST', '/oauth/revoke', { body, headers });
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
  });
});
