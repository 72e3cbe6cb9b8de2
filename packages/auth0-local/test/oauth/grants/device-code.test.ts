import { beforeEach, describe, expect, it } from 'vitest';
import { createDeviceCode, readDeviceCode } from '../../../src/oauth/device/device-codes.js';
import type { DeviceCodeData } from '../../../src/oauth/flow-data.js';
import { updateArtifact } from '../../../src/tenant/artifacts.js';
import { getApplication, updateApplication } from '../../../src/tenant/applications.js';
import { updateUser } from '../../../src/tenant/users.js';
import { lastLog, readToken, requestToken } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { web, spa, stranger } = applications;
const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
const pending = {
  error: 'authorization_pending',
  error_description: 'User has yet to authorize device code.',
};
const invalid = { error: 'invalid_grant', error_description: 'Invalid or expired device code.' };

describe('device_code', () => {
  let open: OpenTenant;

  beforeEach(async () => {
    open = await openTenant();
    return () => open.close();
  });

  const begin = (): string => {
    const application = getApplication(open.tenant, web.client_id);
    return createDeviceCode(open.tenant, application, {
      audience,
      scopes: ['openid', 'read:messages', 'offline_access'],
      user_code: 'ABCD-EFGH',
    });
  };
  const answer = (code: string, changes: Partial<DeviceCodeData>): void => {
    const artifact = readDeviceCode(open.tenant, getApplication(open.tenant, web.client_id), code);
    if (artifact === undefined) throw new Error('there is no such code');
    updateArtifact(open.tenant, code, { ...artifact, data: { ...artifact.data, ...changes } });
  };
  const approve = (code: string): void =>
    answer(code, {
      state: 'approved',
      user_id: users.plain.user_id,
      access: { audience, scopes: ['openid', 'read:messages', 'offline_access'], auth_time: 1234 },
    });
  const poll = (code: string | undefined, client: object = web) =>
    requestToken(open.ask, { grant_type: grantType, ...client, device_code: code });

  it('waits for the user', async () => {
    const code = begin();
    for (let round = 0; round < 3; round += 1) {
      const { status, body } = await poll(code);
      expect([status, body]).toEqual([403, pending]);
      open.advance(5000);
    }
  });

  it('does not fill the log while it waits', async () => {
    await poll(begin());
    expect(open.tenant.log.list()).toEqual([]);
  });

  it('asks a device that is too fast to slow down', async () => {
    const code = begin();
    await poll(code);
    open.advance(4999);
    const { status, body } = await poll(code);
    expect([status, body]).toEqual([
      429,
      {
        error: 'slow_down',
        error_description: 'You are polling faster than the specified interval of 5 seconds.',
      },
    ]);
    expect(lastLog(open)).toMatchObject({ type: 'fede', client_id: web.client_id });
    open.advance(5000);
    expect((await poll(code)).body).toEqual(pending);
  });

  it('counts the interval from the last time that was too fast', async () => {
    const code = begin();
    await poll(code);
    open.advance(4999);
    await poll(code);
    open.advance(4999);
    expect((await poll(code)).status).toBe(429);
  });

  it('gives tokens once the user has approved, and once only', async () => {
    const code = begin();
    await poll(code);
    approve(code);
    const { status, body } = await poll(code);
    expect([status, body]).toEqual([
      200,
      {
        access_token: expect.any(String),
        refresh_token: expect.any(String),
        id_token: expect.any(String),
        scope: 'openid read:messages offline_access',
        expires_in: 86_400,
        token_type: 'Bearer',
      },
    ]);
    const { claims } = readToken(body.access_token);
    expect(claims.sub).toBe(users.plain.user_id);
    expect(claims).not.toHaveProperty('gty');
    expect(lastLog(open)).toMatchObject({ type: 'sede', user_id: users.plain.user_id });
    const again = await poll(code);
    expect([again.status, again.body]).toEqual([403, invalid]);
  });

  it('gives tokens to one of many requests at the same moment', async () => {
    const code = begin();
    approve(code);
    const answers = await Promise.all(Array.from({ length: 10 }, () => poll(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('says once that the user has denied', async () => {
    const code = begin();
    answer(code, { state: 'denied' });
    const { status, body } = await poll(code);
    expect([status, body]).toEqual([
      403,
      { error: 'access_denied', error_description: 'User cancelled the confirmation prompt.' },
    ]);
    expect((await poll(code)).body).toEqual(invalid);
  });

  it.each(['pending', 'approved'])('says once that its time is up: %s', async (state) => {
    const code = begin();
    if (state === 'approved') approve(code);
    open.advance(900_000 - 1);
    if (state === 'pending') expect((await poll(code)).body).toEqual(pending);
    open.advance(1);
    const { status, body } = await poll(code);
    expect([status, body]).toEqual([
      403,
      { error: 'expired_token', error_description: 'The device code has expired.' },
    ]);
    const again = await poll(code);
    expect([again.status, again.body]).toEqual([403, invalid]);
  });

  it('refuses the code of another application, and leaves it alone', async () => {
    const code = begin();
    approve(code);
    updateApplication(open.tenant, stranger.client_id, { grant_types: [grantType] });
    expect((await poll(code, stranger)).body).toEqual(invalid);
    expect((await poll(code)).status).toBe(200);
  });

  it('refuses a code that was never given, and a request without one', async () => {
    expect((await poll('nothing')).body).toEqual(invalid);
    expect((await poll(undefined)).body).toEqual({
      error: 'invalid_request',
      error_description: 'Missing required parameter: device_code',
    });
  });

  it('refuses an application that may not use it', async () => {
    const { status, body } = await poll(begin(), { client_id: spa.client_id });
    expect([status, body.error_description]).toEqual([
      403,
      `Grant type '${grantType}' not allowed for the client.`,
    ]);
  });

  it('refuses a user who was blocked meanwhile', async () => {
    const code = begin();
    approve(code);
    await updateUser(open.tenant, users.plain.user_id, { blocked: true });
    expect((await poll(code)).body).toEqual({ error: 'invalid_grant', error_description: 'user is blocked' });
  });
});
