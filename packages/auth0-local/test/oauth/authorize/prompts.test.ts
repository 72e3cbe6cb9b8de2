import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  authorize,
  authorizePath,
  callback,
  extendSeed,
  logIn,
  readAnswer,
  readCode,
} from '../../support/authorize-requests.js';
import { createBrowser, type Browser } from '../../support/browser.js';
import { lastLog } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { users } from '../../support/trial-tenant.js';

const asking = 'urn:asking';
let open: OpenTenant;
let browser: Browser;
beforeAll(async () => {
  open = await openTenant(
    extendSeed({
      resourceServers: [{ identifier: asking, scopes: [{ value: 'read:it' }] }],
      clients: [
        {
          client_id: 'third',
          name: 'Third',
          app_type: 'regular_web',
          callbacks: [callback],
          is_first_party: false,
        },
      ],
    }),
  );
});
beforeEach(() => {
  browser = createBrowser(open.site.url);
});
afterAll(() => open.close());

describe('prompt=none', () => {
  it('gives a code to who has a session', async () => {
    await authorize(browser);
    const page = await browser.open(authorizePath({ prompt: 'none' }));

    expect(readAnswer(page)).toEqual({ code: expect.any(String), state: 'the state' });
    expect(lastLog(open)).toMatchObject({ type: 'ssa', user_id: users.plain.user_id });
  });

  it('refuses who has none', async () => {
    const page = await browser.open(authorizePath({ prompt: 'none' }));

    expect(readAnswer(page)).toEqual({
      error: 'login_required',
      error_description: 'Login required',
      state: 'the state',
    });
    expect(lastLog(open)).toMatchObject({ type: 'fsa', description: 'Login required' });
  });

  it('refuses whose login is older than max_age', async () => {
    await authorize(browser);
    open.advance(61_000);
    const page = await browser.open(authorizePath({ prompt: 'none', max_age: '60' }));

    expect(readAnswer(page)['error']).toBe('login_required');
  });

  it('refuses where a consent is missing, and the log says how to waive it for the API', async () => {
    await authorize(browser);
    const page = await browser.open(authorizePath({ prompt: 'none', audience: asking }));

    expect(readAnswer(page)).toMatchObject({
      error: 'consent_required',
      error_description: 'Consent required',
    });
    const id = open.tenant.store.apis.find({ identifier: asking })?.id;
    expect(lastLog(open)).toMatchObject({
      type: 'fsa',
      fix: `auth0 api patch resource-servers/${id} --data '{"skip_consent_for_verifiable_first_party_clients":true}'`,
    });
  });

  it('names no such way for an application of somebody else, which always needs the consent', async () => {
    await authorize(browser);
    const page = await browser.open(authorizePath({ prompt: 'none', client_id: 'third' }));

    expect(readAnswer(page)['error']).toBe('consent_required');
    expect(lastLog(open)).not.toHaveProperty('fix');
  });

  it('begins nothing that waits for the user', async () => {
    const before = open.tenant.store.artifacts.count({ kind: 'login' });
    await browser.open(authorizePath({ prompt: 'none' }));

    expect(open.tenant.store.artifacts.count({ kind: 'login' })).toBe(before);
  });
});

describe('a login that has to be new', () => {
  it.each([{ prompt: 'login' }, { prompt: 'select_account' }, { max_age: '0' }, { prompt: 'consent login' }])(
    'is asked for by %j in spite of a session',
    async (parameters) => {
      await authorize(browser);

      expect((await browser.open(authorizePath(parameters))).url.pathname).toBe('/u/login');
    },
  );

  it('is asked for once', async () => {
    await authorize(browser);
    open.advance(5000);
    const page = await authorize(browser, { prompt: 'login', max_age: '0' });

    expect(readCode(open, page).data.access.auth_time).toBe(Math.floor(open.tenant.now() / 1000));
  });

  it('is a new session, and the old one is over', async () => {
    await authorize(browser);
    const [name = '', secret] = [...browser.cookies].find(([cookie]) => cookie.includes('session')) ?? [];
    await authorize(browser, { prompt: 'login' });
    expect(browser.cookies.get(name)).not.toBe(secret);

    browser.cookies.set(name, secret ?? '');
    expect((await browser.open(authorizePath())).url.pathname).toBe('/u/login');
  });

  it.each([
    ['60', 60_000, callback],
    ['60', 61_000, '/u/login'],
  ])('with max_age=%s after %i ms leads to %s', async (maxAge, age, place) => {
    await authorize(browser);
    open.advance(age);
    const page = await browser.open(authorizePath({ max_age: maxAge }));

    expect(page.url.href).toContain(place);
  });
});

describe('other wishes of a request', () => {
  it('puts the login_hint into the form, escaped', async () => {
    const page = await browser.open(authorizePath({ login_hint: '"><script>alert(1)</script>' }));

    expect(page.forms[0]?.fields['email']).toBe('"><script>alert(1)</script>');
    expect(page.text).not.toContain('<script');
  });

  it.each([
    { screen_hint: 'signup' },
    { ui_locales: 'de' },
    { connection: 'x' },
    { prompt: 'create' },
    { nonsense: 'x' },
  ])('passes over %j', async (parameters) => {
    const page = await logIn(browser, await browser.open(authorizePath(parameters)));

    expect(readAnswer(page)).toHaveProperty('code');
  });
});
