import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SignJWT } from 'jose';
import { updateApplication } from '../../../src/tenant/applications.js';
import { authorize, authorizePath, extendSeed } from '../../support/authorize-requests.js';
import { createBrowser, type Browser, type Page } from '../../support/browser.js';
import { exchangeCode, lastLog, readToken, requestPasswordToken } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { users } from '../../support/trial-tenant.js';

const listed = 'http://localhost:3000/';
let open: OpenTenant;
let browser: Browser;
beforeAll(async () => {
  open = await openTenant(
    extendSeed({
      clients: [
        { client_id: 'no-urls', name: 'No URLs', app_type: 'regular_web' },
        {
          client_id: 'unsafe',
          name: 'Unsafe',
          app_type: 'regular_web',
          allowed_logout_urls: ['javascript:alert(1)//', 'https://app.example.com/bye?a=b'],
        },
      ],
    }),
  );
});
beforeEach(() => {
  browser = createBrowser(open.site.url);
});
afterAll(() => open.close());

/** Logs in at the web application and returns its ID token. */
async function logInForIdToken(overrides: Record<string, string> = {}): Promise<string> {
  const page = await authorize(browser, overrides);
  const { body } = await exchangeCode(open.ask, page.url.searchParams.get('code') ?? '');
  if (body.id_token === undefined) throw new Error(`no ID token: ${JSON.stringify(body)}`);
  return body.id_token;
}

function path(endpoint: string, parameters: Record<string, string>): string {
  return `${endpoint}?${new URLSearchParams(parameters).toString()}`;
}

async function isLoggedIn(): Promise<boolean> {
  return (await browser.open(authorizePath())).url.searchParams.has('code');
}

describe('GET /oidc/logout', () => {
  it('logs out at once whose application sends their ID token, and goes where it wants', async () => {
    const hint = await logInForIdToken();
    const page = await browser.open(
      path('/oidc/logout', { id_token_hint: hint, post_logout_redirect_uri: listed, state: 'a&b' }),
    );

    expect(page.url.href).toBe(`${listed}?state=a%26b`);
    expect(await isLoggedIn()).toBe(false);
    expect(open.tenant.log.list().findLast(({ type }) => type === 'slo')).toMatchObject({
      client_id: 'web-client',
      user_id: users.plain.user_id,
    });
  });

  it('takes an ID token whose time is up', async () => {
    const hint = await logInForIdToken();
    open.advance(3 * 24 * 60 * 60 * 1000);
    const page = await browser.open(
      path('/oidc/logout', { id_token_hint: hint, post_logout_redirect_uri: listed }),
    );

    expect(page.url.href).toBe(listed);
  });

  it('takes an ID token that is signed with the secret of the application', async () => {
    updateApplication(open.tenant, 'web-client', { jwt_configuration: { alg: 'HS256' } });
    const hint = await logInForIdToken();
    updateApplication(open.tenant, 'web-client', { jwt_configuration: { alg: 'RS256' } });

    expect(readToken(hint).header.alg).toBe('HS256');
    const page = await browser.open(
      path('/oidc/logout', { id_token_hint: hint, post_logout_redirect_uri: listed }),
    );
    expect(page.url.href).toBe(listed);
  });

  it('logs out at once whose application sends the sid as logout_hint', async () => {
    const { claims } = readToken(await logInForIdToken());
    const page = await browser.open(
      path('/oidc/logout', {
        client_id: 'web-client',
        logout_hint: String(claims['sid']),
        post_logout_redirect_uri: listed,
      }),
    );

    expect(page.url.href).toBe(listed);
  });

  it.each<[string, (idToken: string) => Promise<Record<string, string>>]>([
    ['no hint', async () => ({})],
    ['the wrong logout_hint', async () => ({ logout_hint: 'x' })],
    [
      'the hint of an earlier login',
      async (idToken) => {
        await authorize(browser, { prompt: 'login' });
        return { id_token_hint: idToken };
      },
    ],
    [
      'the hint of another user',
      async (idToken) => {
        await authorize(browser, { prompt: 'login' }, users.admin);
        return { id_token_hint: idToken };
      },
    ],
  ])('asks the user first with %s', async (_name, prepare) => {
    const hints = await prepare(await logInForIdToken());
    const page = await browser.open(
      path('/oidc/logout', {
        client_id: 'web-client',
        post_logout_redirect_uri: listed,
        state: '"<s>"',
        ...hints,
      }),
    );
    expect(page.status).toBe(200);
    expect(page.text).toContain('Log out?');
    expect(page.text).not.toContain('<s>');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:*;");
    expect(await isLoggedIn()).toBe(true);

    const done = await browser.submit(page);
    expect(done.url.href).toBe(`${listed}?state=%22%3Cs%3E%22`);
    expect(await isLoggedIn()).toBe(false);
  });

  it.each([
    ['at once by an ID token of the same user', users.plain, 'You are logged out'],
    ['after a question by that of another', users.admin, 'Log out?'],
  ])('logs out %s, where it names no session', async (_name, user, text) => {
    await authorize(browser);
    const { body } = await requestPasswordToken(open.ask, {
      username: user.email,
      password: user.password,
      scope: 'openid',
    });
    expect(readToken(body.id_token).claims).not.toHaveProperty('sid');

    const page = await browser.open(path('/oidc/logout', { id_token_hint: body.id_token ?? '' }));
    expect(page.text).toContain(text);
  });

  it('says that the user is logged out where it leads nowhere', async () => {
    const hint = await logInForIdToken();
    const page = await browser.open(path('/oidc/logout', { id_token_hint: hint }));

    expect(page.status).toBe(200);
    expect(page.text).toContain('You are logged out');
  });

  it('has no question for who is not logged in', async () => {
    expect((await browser.open('/oidc/logout')).text).toContain('You are logged out');
  });

  it('takes its parameters from a form too', async () => {
    const body = new URLSearchParams({ client_id: 'web-client', post_logout_redirect_uri: listed });
    const page = await browser.open('/oidc/logout', { method: 'POST', body });

    expect(page.url.href).toBe(listed);
  });

  it('shows and logs an ID token that is not of this tenant', async () => {
    const claims = { iss: open.site.issuer, aud: 'web-client', sub: users.plain.user_id };
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('a secret of nobody, long enough for HS256'));
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged.split('.')[1]}.`;
    for (const hint of [forged, unsigned, 'nonsense', createForeignToken()]) {
      const page = await browser.open(
        path('/oidc/logout', { id_token_hint: hint, post_logout_redirect_uri: listed }),
      );
      expect(page.status).toBe(400);
      expect(page.text).toContain('The id_token_hint is no ID token of this tenant');
      expect(lastLog(open)).toMatchObject({ type: 'flo' });
    }
  });

  it('refuses an access token as hint', async () => {
    const page = await authorize(browser, { audience: 'https://my-express-api.example.com' });
    const { body } = await exchangeCode(open.ask, page.url.searchParams.get('code') ?? '');
    const answer = await browser.open(path('/oidc/logout', { id_token_hint: body.access_token }));

    expect(answer.status).toBe(400);
  });

  it('refuses an ID token that was issued to another application', async () => {
    const hint = await logInForIdToken();
    const page = await browser.open(path('/oidc/logout', { id_token_hint: hint, client_id: 'spa-client' }));

    expect(page.text).toContain('issued to another application');
    expect(await isLoggedIn()).toBe(true);
  });

  function createForeignToken(): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'RS256' })}.${part({ iss: 'https://elsewhere/', aud: 'web-client', sub: 'x' })}.AA`;
  }
});

describe.each([
  ['/oidc/logout', 'post_logout_redirect_uri'],
  ['/v2/logout', 'returnTo'],
])('the address that %s leads to', (endpoint, name) => {
  const go = (parameters: Record<string, string>): Promise<Page> => browser.open(path(endpoint, parameters));

  it('is one of the application’s', async () => {
    expect((await go({ client_id: 'web-client', [name]: listed })).url.href).toBe(listed);
  });

  it('is the first of an application that says who it is and not where to go', async () => {
    expect((await go({ client_id: 'web-client' })).url.href).toBe(listed);
    expect((await go({ client_id: 'unsafe' })).url.href).toBe('https://app.example.com/bye?a=b');
  });

  it('is a page of the tenant for an application that has none', async () => {
    expect((await go({ client_id: 'no-urls' })).text).toContain('You are logged out');
  });

  it('gets the state behind its own query', async () => {
    const page = await go({ client_id: 'unsafe', [name]: 'https://app.example.com/bye?a=b', state: 'c' });

    expect(page.url.href).toBe('https://app.example.com/bye?a=b&state=c');
  });

  it.each([
    'http://localhost:3000',
    'http://localhost:3000/x',
    'http://localhost:3001/',
    'https://attacker.example.com/',
    'http://localhost:3000/?',
    'http://localhost:3000@attacker.example.com/',
  ])('is not %s, which is not listed', async (url) => {
    const page = await go({ client_id: 'web-client', [name]: url });

    expect(page.status).toBe(400);
    expect(page.url.origin).toBe(open.site.url);
    expect(lastLog(open)).toMatchObject({
      type: 'flo',
      client_id: 'web-client',
      description: `The ${name} ${url} is not in the list of allowed logout URLs`,
    });
    // No command lets a user be led to another machine.
    expect(lastLog(open).fix).toEqual(
      url.includes('attacker')
        ? undefined
        : expect.stringContaining('auth0 apps update web-client --logout-urls'),
    );
  });

  it.each([
    'javascript:alert(1)//',
    '//attacker.example.com',
    'x',
    'http://localhost:3000/\r\nSet-Cookie: a=b',
  ])('is not %j, listed or not', async (url) => {
    const page = await go({ client_id: 'unsafe', [name]: url });

    expect(page.status).toBe(400);
    expect(page.text).toContain('is no absolute URL');
  });

  it('needs an application whose list can be looked at', async () => {
    expect((await go({ [name]: listed })).text).toContain(`${name} needs client_id or id_token_hint`);
    expect((await go({ [name]: listed, client_id: 'nobody' })).text).toContain('Unknown client: nobody');
  });

  it('is one address', async () => {
    const page = await browser.open(
      `${path(endpoint, { client_id: 'web-client' })}&${name}=${listed}&${name}=${listed}`,
    );

    expect(page.status).toBe(400);
    expect(page.text).toContain(`Parameter ${name} is there more than once`);
  });
});

describe('GET /v2/logout', () => {
  it('logs out without a question', async () => {
    await authorize(browser);
    const page = await browser.open(
      path('/v2/logout', { client_id: 'web-client', returnTo: listed, federated: '' }),
    );

    expect(page.url.href).toBe(listed);
    expect(await isLoggedIn()).toBe(false);
  });

  it('ends the session for whoever has its cookie', async () => {
    await authorize(browser);
    const thief = createBrowser(open.site.url);
    for (const [name, value] of browser.cookies) thief.cookies.set(name, value);
    await browser.open('/v2/logout');

    expect((await thief.open(authorizePath())).url.pathname).toBe('/u/login');
  });

  it('leaves a login that waits in another tab as it is', async () => {
    const waiting = await browser.open(authorizePath());
    await browser.open('/v2/logout');

    expect((await browser.submit(waiting, { ...users.plain })).url.searchParams.has('code')).toBe(true);
  });
});
