import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  authorize,
  authorizePath,
  callback,
  extendSeed,
  readAnswer,
} from '../../support/authorize-requests.js';
import { createBrowser, decodeEntities, type Browser } from '../../support/browser.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';

const native = 'com.example.app:/callback';
const ipv6 = 'http://[::1]:3000/callback';
let open: OpenTenant;
let browser: Browser;
beforeAll(async () => {
  open = await openTenant(
    extendSeed({
      clients: [
        {
          client_id: 'elsewhere',
          name: 'Elsewhere',
          app_type: 'regular_web',
          callbacks: [native, ipv6, 'https://app.example.com/cb'],
        },
      ],
    }),
  );
});
beforeEach(() => {
  browser = createBrowser(open.site.url);
});
afterAll(() => open.close());

const hostile = `'"><script>alert(1)</script>&\u2028`;

function policyOf(headers: Headers): Record<string, string> {
  const directives = (headers.get('content-security-policy') ?? '').split('; ');
  return Object.fromEntries(directives.map((directive) => [directive.split(' ')[0], directive]));
}

describe('response_mode=query', () => {
  it('is what there is without a response mode', async () => {
    const page = await authorize(browser, { response_mode: 'query' });

    expect(Object.keys(readAnswer(page))).toEqual(
      Object.keys(readAnswer(await browser.open(authorizePath()))),
    );
  });

  it('encodes the state, line breaks included', async () => {
    const page = await authorize(browser, { state: `a\r\nSet-Cookie: b=c${hostile}` });

    expect(readAnswer(page)['state']).toBe(`a\r\nSet-Cookie: b=c${hostile}`);
  });

  it('leads to an application by its own scheme', async () => {
    const page = await authorize(browser, { client_id: 'elsewhere', redirect_uri: native });

    expect(page.url.href).toMatch(/^com\.example\.app:\/callback\?code=[\w-]{43}&state=the%20state$/);
  });
});

describe('response_mode=fragment', () => {
  it('puts the answer behind the #', async () => {
    const { url } = await authorize(browser, { response_mode: 'fragment' });

    expect(url.search).toBe('');
    expect(url.hash).toMatch(/^#code=[\w-]{43}&state=the%20state$/);
  });
});

describe('response_mode=form_post', () => {
  it('is a form that leads to the callback, with a button for who has no scripts', async () => {
    const page = await authorize(browser, { response_mode: 'form_post', state: hostile });

    expect(page.status).toBe(200);
    expect(page.forms).toEqual([
      {
        action: callback,
        method: 'POST',
        fields: { code: expect.stringMatching(/^[\w-]{43}$/), state: hostile },
      },
    ]);
    expect(page.text).toContain('<button');
  });

  it('runs its one script by a nonce that is new each time', async () => {
    const pages = [
      await authorize(browser, { response_mode: 'form_post' }),
      await browser.open(authorizePath({ response_mode: 'form_post' })),
    ];
    const nonces = pages.map(({ text }) => /<script nonce="([\w-]{22})">/.exec(text)?.[1]);

    expect(new Set(nonces).size).toBe(2);
    for (const [index, { headers }] of pages.entries()) {
      expect(policyOf(headers)['script-src']).toBe(`script-src 'nonce-${nonces[index]}'`);
    }
  });

  it('carries a refusal too', async () => {
    const page = await browser.open(authorizePath({ response_mode: 'form_post', prompt: 'none' }));

    expect(page.forms[0]?.fields).toEqual({
      error: 'login_required',
      error_description: 'Login required',
      state: 'the state',
    });
  });
});

describe('response_mode=web_message', () => {
  function readMessage(text: string): { origin: string; message: unknown } {
    const [, origin = '', message = ''] = /data-origin="([^"]*)"\s+data-message="([^"]*)"/.exec(text) ?? [];
    return { origin: decodeEntities(origin), message: JSON.parse(decodeEntities(message)) };
  }

  it('tells the code to the origin of the callback and no other', async () => {
    await authorize(browser);
    const { text } = await browser.open(
      authorizePath({ response_mode: 'web_message', prompt: 'none', state: hostile }),
    );

    expect(readMessage(text)).toEqual({
      origin: 'http://localhost:3000',
      message: { type: 'authorization_response', response: { code: expect.any(String), state: hostile } },
    });
    expect(text).not.toContain('alert(1)</script>');
  });

  it('tells a refusal in the same way', async () => {
    const { text } = await browser.open(authorizePath({ response_mode: 'web_message', prompt: 'none' }));

    expect(readMessage(text).message).toEqual({
      type: 'authorization_response',
      response: { error: 'login_required', error_description: 'Login required', state: 'the state' },
    });
  });

  it('may be framed by the page it is for, and by no other', async () => {
    const { headers } = await browser.open(authorizePath({ response_mode: 'web_message', prompt: 'none' }));

    expect(policyOf(headers)['frame-ancestors']).toBe('frame-ancestors http://localhost:3000');
    expect(headers.get('x-frame-options')).toBeNull();
  });

  it('is not there for an application without an origin', async () => {
    const page = await browser.open(
      authorizePath({ client_id: 'elsewhere', redirect_uri: native, response_mode: 'web_message' }),
    );

    expect(readAnswer(page)).toMatchObject({
      error: 'invalid_request',
      error_description: 'Unsupported response mode: web_message',
    });
  });
});

describe('the policy of the pages of a login', () => {
  it.each([
    [{}, "form-action 'self' http://localhost:*"],
    [
      { client_id: 'elsewhere', redirect_uri: native },
      "form-action 'self' com.example.app: http: https://app.example.com",
    ],
    [{ client_id: 'elsewhere', redirect_uri: ipv6 }, "form-action 'self' http: https://app.example.com"],
  ])('lets their forms end at the application: %j', async (parameters, formAction) => {
    const { headers } = await browser.open(authorizePath(parameters));

    expect(policyOf(headers)['form-action']).toBe(formAction);
  });

  it('lets nothing else in, and nobody frame them', async () => {
    const { headers } = await browser.open(authorizePath());

    expect(Object.values(policyOf(headers))).toEqual([
      "default-src 'none'",
      "style-src 'self'",
      'img-src data:',
      expect.stringContaining('form-action'),
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin',
      'cache-control': 'no-store',
    });
  });
});
