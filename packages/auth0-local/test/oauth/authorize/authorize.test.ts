import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { updateApplication } from '../../../src/tenant/applications.js';
import { nowSeconds } from '../../../src/tenant/tenant.js';
import {
  authorize,
  authorizeParameters,
  authorizePath,
  callback,
  logIn,
  readAnswer,
  readCode,
} from '../../support/authorize-requests.js';
import { createBrowser, type Browser } from '../../support/browser.js';
import { exchangeCode, lastLog } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

describe('GET /authorize', () => {
  let open: OpenTenant;
  let browser: Browser;
  beforeAll(async () => {
    open = await openTenant();
  });
  beforeEach(() => {
    browser = createBrowser(open.site.url);
  });
  afterAll(() => open.close());

  it('logs the user in and sends a code and the state to the callback', async () => {
    const page = await authorize(browser);

    expect(page.url.href.split('?')[0]).toBe(callback);
    expect(readAnswer(page)).toEqual({ code: expect.stringMatching(/^[\w-]{43}$/), state: 'the state' });
  });

  it('remembers with the code what the token request must match and what it gets', async () => {
    const challenge = createHash('sha256').update('verifier').digest('base64url');
    const page = await authorize(browser, {
      nonce: 'the nonce',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });

    expect(readCode(open, page)).toEqual({
      kind: 'authorization_code',
      expires_at: open.tenant.now() + 60_000,
      client_id: applications.web.client_id,
      user_id: users.plain.user_id,
      data: {
        redirect_uri: callback,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        nonce: 'the nonce',
        access: {
          audience,
          scopes: ['openid', 'read:messages'],
          auth_time: nowSeconds(open.tenant),
          sid: expect.stringMatching(/^[\w-]{32}$/),
        },
      },
    });
  });

  it('gives a code that is good for tokens once', async () => {
    const code = (await authorize(browser)).url.searchParams.get('code') ?? '';

    const { status, body } = await exchangeCode(open.ask, code);
    expect(status).toBe(200);
    expect(body).toMatchObject({ scope: 'openid read:messages', id_token: expect.any(String) });
    expect((await exchangeCode(open.ask, code)).status).toBe(403);
  });

  it('gives a code that is good for a minute', async () => {
    const code = (await authorize(browser)).url.searchParams.get('code') ?? '';
    open.advance(60_001);

    expect((await exchangeCode(open.ask, code)).body.error_description).toBe('Invalid authorization code');
  });

  it('takes a challenge without a method for a plain one (RFC 7636 section 4.3)', async () => {
    const page = await authorize(browser, { code_challenge: 'v'.repeat(43) });

    expect(readCode(open, page).data.code_challenge_method).toBe('plain');
  });

  it('gives the scopes that the API defines, OpenID Connect has, and the user may have', async () => {
    const page = await authorize(browser, {
      scope: 'openid profile read:messages read:nothing offline_access',
    });

    expect(readCode(open, page).data.access.scopes).toEqual([
      'openid',
      'profile',
      'read:messages',
      'offline_access',
    ]);
  });

  it('remembers no audience where none was asked for', async () => {
    const page = await authorize(browser, { audience: undefined });

    expect(readCode(open, page).data.access).not.toHaveProperty('audience');
  });

  it('leaves the state out where there was none', async () => {
    expect(readAnswer(await authorize(browser, { state: undefined }))).not.toHaveProperty('state');
  });

  it('does not ask again who has a session', async () => {
    await authorize(browser);
    const page = await browser.open(authorizePath());

    expect(page.url.href).toContain(`${callback}?code=`);
  });

  it('asks another browser for a login', async () => {
    await authorize(browser);
    const page = await createBrowser(open.site.url).open(authorizePath());

    expect(page.url.pathname).toBe('/u/login');
  });

  it('notes a login in the log, with whom, for what and at which application', async () => {
    await authorize(browser);

    expect(lastLog(open)).toMatchObject({
      type: 's',
      client_id: applications.web.client_id,
      client_name: 'Web',
      user_id: users.plain.user_id,
      audience,
      scope: 'openid read:messages',
      ip: expect.stringMatching(/127\.0\.0\.1|::1/),
    });
  });

  it('says in the log which scopes were not given, why, and what gives them', async () => {
    await authorize(browser, { scope: 'openid read:messages read:nothing' });

    expect(lastLog(open)).toMatchObject({
      type: 's',
      description: expect.stringContaining('without read:nothing'),
      fix: expect.stringMatching(/^auth0 apis update .* --scopes .*read:nothing/),
    });
  });

  it('counts the login of the user', async () => {
    const count = (): number => open.tenant.store.users.get(users.plain.user_id)?.logins_count ?? 0;
    const before = count();
    await authorize(browser);

    expect(count()).toBe(before + 1);
  });

  it('takes the parameters from a form as well (OpenID Connect Core section 3.1.2.1)', async () => {
    const page = await browser.open('/authorize', { method: 'POST', body: authorizeParameters() });

    expect(readAnswer(await logIn(browser, page))).toHaveProperty('code');
  });

  it('answers a form with 303, so that nothing is posted to the next address', async () => {
    const form = await fetch(`${open.site.url}/authorize`, {
      method: 'POST',
      body: authorizeParameters(),
      redirect: 'manual',
    });
    const query = await fetch(`${open.site.url}${authorizePath()}`, { redirect: 'manual' });

    expect([form.status, query.status]).toEqual([303, 302]);
  });

  it('keeps nothing of its answers in caches', async () => {
    const { headers } = await open.ask('GET', authorizePath());

    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('leaves a query of the callback as it is', async () => {
    const odd = 'http://localhost:3000/callback?a=%2f+b&c';
    updateApplication(open.tenant, 'web-client', { callbacks: [callback, odd] });
    const page = await authorize(browser, { redirect_uri: odd, state: 'a&b' });

    expect(page.url.href).toMatch(
      /^http:\/\/localhost:3000\/callback\?a=%2f\+b&c&code=[\w-]{43}&state=a%26b$/,
    );
  });
});
