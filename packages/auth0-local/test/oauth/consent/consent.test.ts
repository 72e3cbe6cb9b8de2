import { beforeEach, describe, expect, it } from 'vitest';
import {
  authorize,
  authorizePath,
  callback,
  extendSeed,
  logIn,
  readAnswer,
  readCode,
} from '../../support/authorize-requests.js';
import { createBrowser, type Browser, type Page } from '../../support/browser.js';
import { lastLog } from '../../support/flow-requests.js';
import { openTenantForTest, type OpenTenant } from '../../support/open-tenant.js';
import { audience, users } from '../../support/trial-tenant.js';

const asking = 'urn:asking';
const third = 'third';
let open: OpenTenant;
let browser: Browser;
beforeEach(async () => {
  open = await openTenantForTest(
    extendSeed({
      resourceServers: [
        {
          identifier: asking,
          name: 'Asking "API"',
          allow_offline_access: true,
          scopes: [
            { value: 'read:it', description: 'Read <it>' },
            { value: 'write:it' },
            { value: 'constructor', description: 'Build' },
            { value: 'toString' },
          ],
        },
      ],
      clients: [
        {
          client_id: third,
          name: 'Third & Co',
          app_type: 'regular_web',
          callbacks: [callback],
          is_first_party: false,
        },
      ],
    }),
  );
  browser = createBrowser(open.site.url);
});

function decide(page: Page, action: 'accept' | 'deny'): Promise<Page> {
  return browser.submit(page, { action });
}

const ofAsking = { audience: asking, scope: 'openid read:it' };

describe('the consent page', () => {
  it.each([
    ['an API that does not waive it', ofAsking, true],
    ['an API that waives it', { audience }, false],
    ['the profile alone', { audience: undefined }, false],
    ['an application of somebody else', { client_id: third }, true],
    [
      'an application of somebody else and the profile alone',
      { client_id: third, audience: undefined },
      true,
    ],
    ['an application of somebody else that asks for nothing', { client_id: third, scope: undefined }, true],
    ['prompt=consent', { prompt: 'consent' }, true],
  ])('is for %s: %j %s', async (_name, overrides, isShown) => {
    const { url } = await authorize(browser, overrides);

    expect(url.pathname === '/u/consent').toBe(isShown);
  });

  it('names the application, the API, the user and each scope, in the words of the API', async () => {
    const { text } = await authorize(browser, {
      ...ofAsking,
      client_id: third,
      scope: 'openid read:it write:it constructor toString nothing offline_access',
    });

    expect(text).toContain('Allow Third &amp; Co?');
    expect(text).toContain('<strong>Asking &quot;API&quot;</strong>');
    expect(text).toContain(users.plain.email);
    const items = [...text.matchAll(/<li>(.*?)<\/li>/g)].map(([, item]) => item);
    expect(items).toEqual([
      '<span>Know who you are</span> <code>openid</code>',
      '<span>Read &lt;it&gt;</span> <code>read:it</code>',
      '<code>write:it</code>',
      '<span>Build</span> <code>constructor</code>',
      '<code>toString</code>',
      '<span>Keep this access while you are away</span> <code>offline_access</code>',
    ]);
  });

  it('lets the user be somebody else, who is asked anew', async () => {
    const page = await authorize(browser, ofAsking);
    const link = /href="(\/u\/login\?state=[\w-]+)"/.exec(page.text)?.[1] ?? '';
    const again = await logIn(browser, await browser.open(link), users.admin);
    expect(again.text).toContain(users.admin.email);

    expect(readCode(open, await decide(again, 'accept')).user_id).toBe(users.admin.user_id);
  });
});

describe('POST /u/consent', () => {
  it('gives the code after an acceptance', async () => {
    const page = await decide(await authorize(browser, ofAsking), 'accept');

    expect(readCode(open, page).data.access.scopes).toEqual(['openid', 'read:it']);
    expect(lastLog(open)).toMatchObject({ type: 's', audience: asking });
  });

  it('tells the application of a refusal', async () => {
    const page = await decide(await authorize(browser, ofAsking), 'deny');

    expect(readAnswer(page)).toEqual({
      error: 'access_denied',
      error_description: 'User did not authorize the request',
      state: 'the state',
    });
    expect(lastLog(open)).toMatchObject({ type: 'f', user_id: users.plain.user_id });
    expect(open.tenant.store.consents.count()).toBe(0);
  });

  it('takes what is no acceptance for a refusal', async () => {
    const page = await browser.submit(await authorize(browser, ofAsking), { action: 'else' });

    expect(readAnswer(page)['error']).toBe('access_denied');
  });

  it('is remembered for what was accepted, and asked again for more', async () => {
    await decide(await authorize(browser, ofAsking), 'accept');
    expect(readAnswer(await browser.open(authorizePath(ofAsking)))).toHaveProperty('code');
    expect(readAnswer(await browser.open(authorizePath({ ...ofAsking, scope: 'openid' })))).toHaveProperty(
      'code',
    );

    const more = await browser.open(authorizePath({ ...ofAsking, scope: 'openid read:it write:it' }));
    expect(more.url.pathname).toBe('/u/consent');
  });

  it('is remembered for this application, this API and this user only', async () => {
    await decide(await authorize(browser, ofAsking), 'accept');
    const isAsked = async (
      overrides: Record<string, string | undefined>,
      other = browser,
    ): Promise<boolean> =>
      (await other.open(authorizePath({ ...ofAsking, ...overrides }))).url.pathname === '/u/consent';

    expect(await isAsked({ client_id: third })).toBe(true);
    expect(await isAsked({ client_id: third, audience: undefined })).toBe(true);
    const admin = createBrowser(open.site.url);
    await authorize(admin, {}, users.admin);
    expect(await isAsked({}, admin)).toBe(true);
  });

  it('is remembered where nothing was asked for', async () => {
    const nothing = { client_id: third, audience: undefined, scope: undefined };
    await decide(await authorize(browser, nothing), 'accept');

    expect(readAnswer(await browser.open(authorizePath(nothing)))).toHaveProperty('code');
  });

  it('is asked again by prompt=consent', async () => {
    await decide(await authorize(browser, ofAsking), 'accept');
    const page = await browser.open(authorizePath({ ...ofAsking, prompt: 'consent' }));
    expect(page.url.pathname).toBe('/u/consent');

    expect(readAnswer(await decide(page, 'accept'))).toHaveProperty('code');
  });

  it('follows a new login in one go', async () => {
    const page = await authorize(browser, { ...ofAsking, prompt: 'login consent', max_age: '0' });
    open.advance(10_000);

    expect(readAnswer(await decide(page, 'accept'))).toHaveProperty('code');
  });

  it.each(['accept', 'deny'] as const)('is refused after: %s', async (action) => {
    const page = await authorize(browser, ofAsking);
    await decide(page, action);

    expect((await decide(page, 'accept')).text).toContain('This page has expired');
  });

  it('is refused in another browser', async () => {
    const page = await authorize(browser, ofAsking);
    const other = createBrowser(open.site.url);
    await authorize(other, {}, users.admin);

    expect((await other.submit(page, { action: 'accept' })).text).toContain('This page has expired');
    expect(open.tenant.store.consents.count()).toBe(0);
  });

  it('asks for a login if somebody else has logged in meanwhile, and records nothing in their name', async () => {
    const page = await authorize(browser, ofAsking);
    await authorize(browser, { prompt: 'login' }, users.admin);

    expect((await decide(page, 'accept')).url.pathname).toBe('/u/login');
    expect(open.tenant.store.consents.count()).toBe(0);
    expect((await browser.open(page.url)).url.pathname).toBe('/u/login');
  });

  it('asks for a login if the user has logged out meanwhile', async () => {
    const page = await authorize(browser, ofAsking);
    await browser.open('/v2/logout');

    expect((await decide(page, 'accept')).url.pathname).toBe('/u/login');
  });

  it('cannot be reached before the login of a page', async () => {
    const page = await browser.open(authorizePath(ofAsking));
    const path = page.url.href.replace('/u/login', '/u/consent');
    expect((await browser.open(path)).url.pathname).toBe('/u/login');

    const answer = await browser.open('/u/consent', {
      method: 'POST',
      body: new URLSearchParams({ state: page.url.searchParams.get('state') ?? '', action: 'accept' }),
    });
    expect(answer.url.pathname).toBe('/u/login');
  });

  it('tells the application if the API has gone meanwhile', async () => {
    const page = await authorize(browser, ofAsking);
    const api = open.tenant.store.apis.find({ identifier: asking });
    open.tenant.store.apis.delete(api?.id ?? '');

    expect(readAnswer(await decide(page, 'accept'))['error_description']).toBe(
      `Service not found: ${asking}`,
    );
  });
});
