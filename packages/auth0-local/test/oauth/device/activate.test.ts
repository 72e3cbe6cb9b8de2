import { beforeEach, describe, expect, it } from 'vitest';
import { authorize, extendSeed, logIn } from '../../support/authorize-requests.js';
import { createBrowser, type Browser, type Page } from '../../support/browser.js';
import { lastLog, requestToken, type TokenAnswer } from '../../support/flow-requests.js';
import { openTenantForTest, type OpenTenant } from '../../support/open-tenant.js';
import { audience, users } from '../../support/trial-tenant.js';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
let open: OpenTenant;
let browser: Browser;
beforeEach(async () => {
  open = await openTenantForTest(
    extendSeed({
      clients: [
        { client_id: 'tv', name: 'TV "1"', app_type: 'native', grant_types: [deviceGrant, 'refresh_token'] },
      ],
    }),
  );
  browser = createBrowser(open.site.url);
});

interface Codes {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri_complete: string;
}

async function startDevice(): Promise<Codes> {
  const body = { client_id: 'tv', audience, scope: 'openid read:messages offline_access' };
  return (await open.ask<Codes>('POST', '/oauth/device/code', { body })).body;
}

async function poll({ device_code: code }: Codes): Promise<TokenAnswer> {
  return (await requestToken(open.ask, { grant_type: deviceGrant, client_id: 'tv', device_code: code })).body;
}

async function typeCode(code: string, other = browser): Promise<Page> {
  return other.submit(await other.open('/activate'), { user_code: code });
}

describe('GET /activate', () => {
  it('asks for the code', async () => {
    const { status, forms, text } = await browser.open('/activate');

    expect(status).toBe(200);
    expect(forms).toMatchObject([{ action: '/activate', method: 'POST', fields: { user_code: '' } }]);
    expect(text).toContain('<label for="user_code">');
  });

  it('has the code of the address in its field, escaped, and waits for the user', async () => {
    const codes = await startDevice();
    expect((await browser.open(codes.verification_uri_complete)).forms[0]?.fields['user_code']).toBe(
      codes.user_code,
    );

    const { text } = await browser.open(
      `/activate?user_code=${encodeURIComponent('"><script>alert(1)</script>')}`,
    );
    expect(text).not.toContain('<script');
    expect(await poll(codes)).toMatchObject({ error: 'authorization_pending' });
  });
});

describe('the activation of a device', () => {
  it('goes by code, login and confirmation, and gives the device tokens', async () => {
    const codes = await startDevice();
    const login = await typeCode(codes.user_code.toLowerCase().replace('-', ' '));
    expect(login.url.pathname).toBe('/u/login');
    const question = await logIn(browser, login);
    expect(question.text).toContain('Connect TV &quot;1&quot;?');
    expect(question.text).toContain(codes.user_code);
    expect(question.text).toContain(users.plain.email);
    const done = await browser.submit(question, { action: 'accept' });

    expect(done.text).toContain('Device connected');
    expect(lastLog(open)).toMatchObject({ type: 'sdeac', client_id: 'tv', user_id: users.plain.user_id });
    expect(await poll(codes)).toMatchObject({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      id_token: expect.any(String),
      scope: 'openid read:messages offline_access',
    });
  });

  it('needs no login of who has a session, and the confirmation all the same', async () => {
    await authorize(browser);
    const codes = await startDevice();

    expect((await typeCode(codes.user_code)).url.pathname).toBe('/u/device');
    expect(await poll(codes)).toMatchObject({ error: 'authorization_pending' });
  });

  it('says in the log which scopes were not given', async () => {
    const { body } = await open.ask<Codes>('POST', '/oauth/device/code', {
      body: { client_id: 'tv', audience, scope: 'read:nothing' },
    });
    const question = await logIn(browser, await typeCode(body.user_code));
    await browser.submit(question, { action: 'accept' });

    expect(lastLog(open)).toMatchObject({
      type: 'sdeac',
      description: expect.stringContaining('read:nothing'),
    });
  });

  it('is refused by the user', async () => {
    const codes = await startDevice();
    const question = await logIn(browser, await typeCode(codes.user_code));
    const done = await browser.submit(question, { action: 'deny' });

    expect(done.text).toContain('Not connected');
    expect(lastLog(open)).toMatchObject({
      type: 'fdeac',
      description: 'User cancelled the confirmation prompt.',
    });
    expect(await poll(codes)).toEqual({
      error: 'access_denied',
      error_description: 'User cancelled the confirmation prompt.',
    });
    expect(open.tenant.store.consents.count()).toBe(0);
  });

  it('can be done once', async () => {
    const codes = await startDevice();
    const other = createBrowser(open.site.url);
    const question = await logIn(browser, await typeCode(codes.user_code));
    const second = await logIn(other, await typeCode(codes.user_code, other), users.admin);
    await browser.submit(question, { action: 'accept' });

    expect((await browser.submit(question, { action: 'accept' })).text).toContain('This page has expired');
    expect((await other.submit(second, { action: 'accept' })).text).toContain('expired or was used already');
    expect((await typeCode(codes.user_code)).text).toContain('This code is wrong or has expired');
  });

  it('is refused in another browser', async () => {
    const question = await logIn(browser, await typeCode((await startDevice()).user_code));
    const other = createBrowser(open.site.url);
    await authorize(other, {}, users.admin);

    expect((await other.submit(question, { action: 'accept' })).text).toContain('This page has expired');
  });

  it('asks for a login if somebody else has logged in meanwhile', async () => {
    const codes = await startDevice();
    const question = await logIn(browser, await typeCode(codes.user_code));
    await authorize(browser, { prompt: 'login' }, users.admin);

    expect((await browser.submit(question, { action: 'accept' })).url.pathname).toBe('/u/login');
    expect(await poll(codes)).toMatchObject({ error: 'authorization_pending' });
  });

  it('is too late after a quarter of an hour', async () => {
    const codes = await startDevice();
    const question = await logIn(browser, await typeCode(codes.user_code));
    open.advance(900_000);

    expect((await browser.submit(question, { action: 'accept' })).text).toContain(
      'expired or was used already',
    );
    expect(lastLog(open)).toMatchObject({ type: 'fdeac' });
    expect(await poll(codes)).toMatchObject({ error: 'expired_token' });
  });

  it('gives nothing of an API that was closed meanwhile', async () => {
    const codes = await startDevice();
    const question = await logIn(browser, await typeCode(codes.user_code));
    for (const api of open.tenant.store.apis.list()) open.tenant.store.apis.delete(api.id);

    expect((await browser.submit(question, { action: 'accept' })).status).toBe(400);
    expect(await poll(codes)).toMatchObject({ error: 'authorization_pending' });
  });

  it('shows who is blocked an error, for there is no application to tell', async () => {
    const login = await typeCode((await startDevice()).user_code);
    const user = open.tenant.store.users.get(users.plain.user_id);
    if (user !== undefined) open.tenant.store.users.put(user.user_id, { ...user, blocked: true });
    const page = await logIn(browser, login);

    expect(page.status).toBe(403);
    expect(page.text).toContain('user is blocked');
  });
});

describe('a wrong code', () => {
  it.each(['BCDF-GHJK', 'nonsense', '', '"><script>alert(1)</script>'])('is refused: %j', async (code) => {
    const page = await typeCode(code);

    expect(page.status).toBe(400);
    expect(page.text).toContain('This code is wrong or has expired.');
    expect(page.text).not.toContain('<script');
    expect(lastLog(open)).toMatchObject({ type: 'fdeac' });
  });

  it('can be guessed ten times a minute, then even the right one is not looked at', async () => {
    const { user_code: code } = await startDevice();
    for (let guess = 0; guess < 10; guess += 1) expect((await typeCode('BCDF-GHJK')).status).toBe(400);

    const page = await typeCode(code, createBrowser(open.site.url));
    expect(page.status).toBe(429);
    expect(page.text).toContain('Too many wrong codes.');
    open.advance(60_000);
    expect((await typeCode(code)).url.pathname).toBe('/u/login');
  });

  it('does not count against who types the right one', async () => {
    for (let round = 0; round < 12; round += 1) {
      expect((await typeCode((await startDevice()).user_code)).status).toBe(200);
    }
  });
});
