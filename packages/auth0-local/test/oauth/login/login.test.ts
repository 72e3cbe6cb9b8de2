import { createTenant } from 'auth0-local';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countDerivations } from '../../support/count-derivations.js';
import { nobodysHash } from '../../../src/tenant/passwords.js';
import { authorizePath, callback, extendSeed, logIn, readAnswer } from '../../support/authorize-requests.js';
import { createBrowser, decodeEntities, type Browser } from '../../support/browser.js';
import { lastLog } from '../../support/flow-requests.js';
import { openTenant, openTenantForTest, type OpenTenant } from '../../support/open-tenant.js';
import { trialSeed, users } from '../../support/trial-tenant.js';

const blocked = { email: 'blocked@example.com', password: 'blocked-password' };
let open: OpenTenant;
let browser: Browser;
beforeAll(async () => {
  open = await openTenant(
    extendSeed({
      users: [{ ...blocked, user_id: 'blocked', blocked: true }],
      clients: [
        { client_id: 'odd', name: `O'Hara & "Sons"`, app_type: 'regular_web', callbacks: [callback] },
      ],
    }),
  );
});
beforeEach(() => {
  browser = createBrowser(open.site.url);
});
afterAll(() => open.close());

describe('the login page', () => {
  it('names the application that waits, escaped', async () => {
    const { text } = await browser.open(authorizePath({ client_id: 'odd' }));

    expect(text).toContain('<strong>O&#39;Hara &amp; &quot;Sons&quot;</strong>');
  });

  it('has a label for each field, and needs no script', async () => {
    const { text } = await browser.open(authorizePath());

    for (const field of ['email', 'password']) {
      expect(text).toMatch(new RegExp(`<label for="${field}">`));
      expect(text).toMatch(new RegExp(`<input\\s+id="${field}"`));
    }
    expect(text).not.toContain('<script');
  });

  it('says nothing of creating users where there are some', async () => {
    const { text } = await browser.open(authorizePath());

    expect(text).not.toContain('users create');
  });

  it('names the command that creates a user in a tenant that has none', async () => {
    const { site } = await openTenantForTest({ ...trialSeed, users: [] });
    const { text } = await createBrowser(site.url).open(authorizePath());

    expect(decodeEntities(text)).toContain(
      "auth0 users create --email you@example.com --password '<password>'",
    );
  });
});

describe('POST /u/login', () => {
  it.each([
    [
      'an unknown email',
      { email: 'nobody@example.com', password: 'x' },
      'fu',
      "auth0 users create --email nobody@example.com --password '<password>'",
    ],
    [
      'a wrong password',
      { email: users.plain.email, password: 'x' },
      'fp',
      "auth0 users update 'auth0|plain' --password '<password>'",
    ],
  ])('shows the same of %s, and the log tells it', async (_name, credentials, type, fix) => {
    const page = await logIn(browser, await browser.open(authorizePath()), credentials);

    expect(page.status).toBe(400);
    expect(page.text).toMatch(
      /<p class="error" id="password-error" role="alert">Wrong email or password\.<\/p>/,
    );
    expect(page.text).toMatch(/aria-invalid="true" aria-describedby="password-error"/);
    expect(page.text).toContain('<title>Error: Log in');
    expect(page.forms[0]?.fields).toMatchObject({ email: credentials.email, password: '' });
    expect(lastLog(open)).toMatchObject({ type, fix, user_name: credentials.email, client_id: 'web-client' });
  });

  it('shows pages that differ in the email only', async () => {
    const page = await browser.open(authorizePath());
    const unknown = await logIn(browser, page, { email: 'nobody@example.com', password: 'x' });
    const wrong = await logIn(browser, page, { email: users.plain.email, password: 'x' });

    expect(unknown.text.replaceAll('nobody@example.com', users.plain.email)).toBe(wrong.text);
  });

  it('compares with a hash that costs as much where there is no user', () => {
    const [, ...costs] = nobodysHash.split('$');
    const real = open.tenant.store.users.get(users.plain.user_id)?.password_hash.split('$') ?? [];

    expect(costs.slice(0, 3)).toEqual(real.slice(1, 4));
    expect(nobodysHash).toHaveLength(real.join('$').length);
  });

  it('does the same work for an unknown email as for a wrong password', async () => {
    const page = await browser.open(authorizePath());
    const count = (email: string): Promise<number> =>
      countDerivations(() => logIn(browser, page, { email, password: 'x' }));
    expect(await count(users.plain.email)).toBe(1);
    expect(await count('nobody@example.com')).toBe(1);
  });

  it.each([
    [{ email: '', password: 'x' }, 'email', 'Enter your email.'],
    [{ email: '   ', password: 'x' }, 'email', 'Enter your email.'],
    [{ email: users.plain.email, password: '' }, 'password', 'Enter your password.'],
  ])('says beside the field what is missing of %j', async (credentials, field, message) => {
    const page = await logIn(browser, await browser.open(authorizePath()), credentials);

    expect(page.status).toBe(400);
    expect(page.text).toContain(`<p class="error" id="${field}-error" role="alert">${message}</p>`);
  });

  it('reads the email in capitals, and with blanks around it', async () => {
    const page = await logIn(browser, await browser.open(authorizePath()), {
      ...users.plain,
      email: ` ${users.plain.email.toUpperCase()} `,
    });

    expect(readAnswer(page)).toHaveProperty('code');
  });

  it('sends who is blocked back to the application', async () => {
    const page = await logIn(browser, await browser.open(authorizePath()), blocked);

    expect(readAnswer(page)).toEqual({
      error: 'unauthorized',
      error_description: 'user is blocked',
      state: 'the state',
    });
    expect(lastLog(open)).toMatchObject({
      type: 'f',
      user_id: 'auth0|blocked',
      fix: `auth0 api patch users/auth0%7Cblocked --data '{"blocked":false}'`,
    });
    expect([...browser.cookies.keys()].some((name) => name.includes('session'))).toBe(false);
  });

  it('does not say that somebody is blocked to who has not the password', async () => {
    const page = await logIn(browser, await browser.open(authorizePath()), { ...blocked, password: 'x' });

    expect(page.text).toContain('Wrong email or password.');
  });

  it('escapes what was typed', async () => {
    const email = `"><script>alert(1)</script>`;
    const page = await logIn(browser, await browser.open(authorizePath()), { email, password: 'x' });

    expect(page.text).not.toContain('<script');
    expect(page.forms[0]?.fields['email']).toBe(email);
  });

  it('goes on as the request says now, if the API has gone meanwhile', async () => {
    const { tenant, site } = await openTenantForTest();
    const other = createBrowser(site.url);
    const page = await other.open(authorizePath());
    for (const api of tenant.store.apis.list()) tenant.store.apis.delete(api.id);

    expect(readAnswer(await logIn(other, page))['error_description']).toContain('Service not found');
  });
});

describe('a login page that is not of this browser or time', () => {
  const refusal = 'This page has expired, was used already, or belongs to another browser.';

  it('is refused in another browser', async () => {
    const page = await browser.open(authorizePath());
    const other = createBrowser(open.site.url);
    await other.open(authorizePath());

    expect((await other.open(page.url)).text).toContain(refusal);
    const answer = await logIn(other, page);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(refusal);
    expect([...other.cookies.keys()].some((name) => name.includes('session'))).toBe(false);
  });

  it('is refused in a browser without cookies', async () => {
    const page = await browser.open(authorizePath());

    expect((await logIn(createBrowser(open.site.url), page)).text).toContain(refusal);
  });

  it('is refused the second time', async () => {
    const page = await browser.open(authorizePath());
    await logIn(browser, page);

    expect((await logIn(browser, page)).text).toContain(refusal);
  });

  it('lets one of two logins at once through', async () => {
    const page = await browser.open(authorizePath());
    const pages = await Promise.all([logIn(browser, page), logIn(browser, page)]);

    expect(pages.filter(({ url }) => url.searchParams.has('code'))).toHaveLength(1);
  });

  it('is refused after an hour', async () => {
    const page = await browser.open(authorizePath());
    open.advance(60 * 60 * 1000 + 1);

    expect((await logIn(browser, page)).text).toContain(refusal);
  });

  it.each(['', 'unknown', '__proto__'])('is refused with the state %j', async (state) => {
    await browser.open(authorizePath());

    expect((await browser.open(`/u/login?state=${state}`)).text).toContain(refusal);
  });

  it('lets pages in two tabs go on', async () => {
    const first = await browser.open(authorizePath({ state: 'first' }));
    const second = await browser.open(authorizePath({ state: 'second', prompt: 'login' }));

    expect(readAnswer(await logIn(browser, second))).toMatchObject({ state: 'second' });
    expect(readAnswer(await logIn(browser, first))).toMatchObject({ state: 'first' });
  });
});

describe('a form of another site', () => {
  it.each([
    [{ origin: 'https://attacker.example.com', 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }],
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'https://localhost', 'sec-fetch-site': 'same-origin' }],
  ])('is refused: %j', async (headers) => {
    const page = await browser.open(authorizePath());
    const [form] = page.forms;
    const answer = await browser.open(form?.action ?? '', {
      method: 'POST',
      headers,
      body: new URLSearchParams({ ...form?.fields, ...users.plain }),
    });

    expect(answer.status).toBe(403);
    expect(answer.text).toContain('This form was sent from another site');
  });

  it.each(['/u/login', '/u/consent', '/u/device', '/u/logout', '/activate'])(
    'is refused at %s',
    async (path) => {
      const { status } = await open.ask('POST', path, {
        headers: { origin: 'http://localhost:3000' },
        body: '',
      });

      expect(status).toBe(403);
    },
  );

  it('may come from the origin of the issuer, where a proxy has it in front of the listener', async () => {
    const tenant = await createTenant({ ephemeral: true, issuer: 'https://tenant.test:4443' });
    try {
      const post = (origin: string): Promise<Response> =>
        fetch(`${tenant.domain}/u/login`, { method: 'POST', headers: { origin } });

      expect((await post('https://tenant.test:4443')).status).toBe(400);
      expect((await post('https://tenant.test:4444')).status).toBe(403);
    } finally {
      await tenant.close();
    }
  });

  it.each([{}, { 'sec-fetch-site': 'none' }])('may be what says no origin: %j', async (headers) => {
    const page = await browser.open(authorizePath());
    const [form] = page.forms;
    const answer = await browser.open(form?.action ?? '', {
      method: 'POST',
      headers,
      body: new URLSearchParams({ ...form?.fields, ...users.plain }),
    });

    expect(readAnswer(answer)).toHaveProperty('code');
  });
});
