import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizePath,
  callback,
  extendSeed,
  readAnswer,
  type Overrides,
} from '../../support/authorize-requests.js';
import { createBrowser, decodeEntities } from '../../support/browser.js';
import { lastLog } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience } from '../../support/trial-tenant.js';

const seed = extendSeed({
  clients: [
    {
      client_id: 'third-party',
      name: 'Third',
      app_type: 'regular_web',
      callbacks: [callback],
      is_first_party: false,
    },
    {
      client_id: 'no-code',
      name: 'No code',
      app_type: 'regular_web',
      callbacks: [callback],
      grant_types: [],
    },
    {
      client_id: 'unsafe',
      name: 'Unsafe',
      app_type: 'regular_web',
      callbacks: [
        'javascript:alert(1)//',
        'data:text/html,x',
        'http://localhost:3000/#fragment',
        'http://localhost:3000/ Set-Cookie: a=b',
        '/relative',
      ],
    },
  ],
  resourceServers: [
    { identifier: 'urn:closed', subject_type_authorization: { user: { policy: 'deny_all' } } },
    { identifier: 'urn:granted', subject_type_authorization: { user: { policy: 'require_client_grant' } } },
  ],
});

let open: OpenTenant;
beforeAll(async () => {
  open = await openTenant(seed);
});
afterAll(() => open.close());

const challenge = 'c'.repeat(43);
const spa = { client_id: applications.spa.client_id, redirect_uri: 'http://localhost:3000/' };

/** What is redirected to the application: the overrides, the code, the description, and the command that helps. */
const redirected: readonly (readonly [
  name: string,
  overrides: Overrides,
  error: string,
  description: string,
  fix: string | undefined,
])[] = [
  [
    'no response type',
    { response_type: undefined },
    'invalid_request',
    'Missing required parameter: response_type',
    undefined,
  ],
  [
    'an unknown response mode',
    { response_mode: 'pigeon' },
    'invalid_request',
    'Unsupported response mode: pigeon',
    undefined,
  ],
  [
    'a grant type that is not enabled',
    { client_id: 'no-code' },
    'unauthorized_client',
    "Grant type 'authorization_code' not allowed for the client.",
    'auth0 apps update no-code --grants authorization_code',
  ],
  [
    'an unknown audience, in other words than the token endpoint',
    { audience: 'https://nowhere.example.com' },
    'access_denied',
    'Service not found: https://nowhere.example.com',
    'auth0 apis create --name https://nowhere.example.com --identifier https://nowhere.example.com',
  ],
  [
    'an API without a grant for users',
    { audience: 'urn:granted' },
    'invalid_request',
    'Client "web-client" is not authorized to access resource server "urn:granted"',
    'auth0 client-grants create --client-id web-client --audience urn:granted --allow-all-scopes --subject-type user',
  ],
  [
    'an API that is closed to users',
    { audience: 'urn:closed' },
    'invalid_request',
    'Client "web-client" is not authorized to access resource server "urn:closed"',
    `auth0 apis update urn:closed --subject-type-authorization '{"user":{"policy":"allow_all"}}'`,
  ],
  [
    'an API that is closed to an application of somebody else',
    { audience: 'urn:granted', client_id: 'third-party' },
    'unauthorized_client',
    'Client "third-party" is not authorized to access resource server "urn:granted"',
    'auth0 client-grants create --client-id third-party --audience urn:granted --allow-all-scopes --subject-type user',
  ],
  [
    'no challenge of a public application',
    spa,
    'invalid_request',
    'Parameter code_challenge is required for applications without a secret (PKCE)',
    undefined,
  ],
  [
    'a challenge that is too short',
    { code_challenge: 'c'.repeat(42) },
    'invalid_request',
    'Parameter code_challenge must have 43 to 128 letters, digits or -._~',
    undefined,
  ],
  [
    'a challenge that is too long',
    { code_challenge: 'c'.repeat(129) },
    'invalid_request',
    'Parameter code_challenge must have 43 to 128 letters, digits or -._~',
    undefined,
  ],
  [
    'an unknown challenge method',
    { code_challenge: challenge, code_challenge_method: 's256' },
    'invalid_request',
    'Unsupported code challenge method: s256',
    undefined,
  ],
  [
    'a challenge method without a challenge',
    { code_challenge_method: 'S256' },
    'invalid_request',
    'Missing required parameter: code_challenge',
    undefined,
  ],
  [
    'prompt=none beside another value',
    { prompt: 'none login' },
    'invalid_request',
    "Parameter prompt has 'none' beside other values",
    undefined,
  ],
  [
    'a max_age that is no number',
    { max_age: '-1' },
    'invalid_request',
    'Parameter max_age must be a number of seconds',
    undefined,
  ],
  [
    'a request object',
    { request: 'e30.e30.' },
    'request_not_supported',
    'Request objects are not supported',
    undefined,
  ],
  [
    'a request object elsewhere',
    { request_uri: 'https://example.com' },
    'request_uri_not_supported',
    'Request objects are not supported',
    undefined,
  ],
];

describe('a refusal of /authorize', () => {
  it.each(redirected)('tells the application of %s', async (_name, overrides, error, description, fix) => {
    const page = await createBrowser(open.site.url).open(authorizePath(overrides));

    expect(page.url.href.split('?')[0]).toBe(overrides['redirect_uri'] ?? callback);
    expect(readAnswer(page)).toMatchObject({ error, error_description: description, state: 'the state' });
    expect(lastLog(open)).toMatchObject({
      type: 'f',
      description,
      client_id: overrides['client_id'] ?? 'web-client',
    });
    expect(lastLog(open).fix).toBe(fix);
  });

  it('names the documentation of grant types', async () => {
    const page = await createBrowser(open.site.url).open(authorizePath({ client_id: 'no-code' }));

    expect(readAnswer(page)['error_uri']).toBe('https://auth0.com/docs/clients/client-grant-types');
  });

  it.each(['token', 'id_token', 'code id_token', 'code token', 'id_token token', 'code id_token token'])(
    'tells of the response type %s in the fragment, where such answers are read',
    async (responseType) => {
      const page = await createBrowser(open.site.url).open(authorizePath({ response_type: responseType }));

      expect(page.url.search).toBe('');
      expect(Object.fromEntries(new URLSearchParams(page.url.hash.slice(1)))).toEqual({
        error: 'unsupported_response_type',
        error_description: `Unsupported response type: ${responseType}`,
        state: 'the state',
      });
    },
  );

  it.each(['scope', 'state', 'audience', 'prompt', 'nonce', 'code_challenge'])(
    'tells the application of a %s that is there twice',
    async (name) => {
      const page = await createBrowser(open.site.url).open(`${authorizePath()}&${name}=a&${name}=b`);

      expect(readAnswer(page)).toMatchObject({
        error: 'invalid_request',
        error_description: `Parameter ${name} is there more than once, or too long`,
      });
    },
  );

  it('tells the application of a value that is longer than any', async () => {
    const answer = await open.ask('POST', '/authorize', {
      body: new URLSearchParams({
        client_id: 'web-client',
        redirect_uri: callback,
        response_type: 'code',
        state: 'x'.repeat(900_000),
      }),
    });

    expect(answer.headers.get('location')).toBe(
      `${callback}?error=invalid_request&error_description=Parameter%20state%20is%20there%20more%20than%20once%2C%20or%20too%20long`,
    );
  });
});

/** What is shown on a page of the tenant: the query, what the page says, and the command that helps. */
const shown: readonly (readonly [name: string, path: string, text: string, fix: string | undefined])[] = [
  ['no client', '?response_type=code', 'Missing required parameter: client_id', 'auth0 apps list'],
  [
    'an unknown client',
    authorizePath({ client_id: '<script>alert(1)</script>' }),
    'Unknown client: <script>alert(1)</script>',
    'auth0 apps list',
  ],
  [
    'a client that is there twice',
    `${authorizePath()}&client_id=x`,
    'Missing required parameter: client_id',
    'auth0 apps list',
  ],
  [
    'no redirect URI',
    authorizePath({ redirect_uri: undefined }),
    'Missing required parameter: redirect_uri',
    undefined,
  ],
  [
    'a redirect URI that is there twice',
    `${authorizePath()}&redirect_uri=x`,
    'Missing required parameter: redirect_uri',
    undefined,
  ],
  ...[
    'http://localhost:3000/callback/',
    'http://localhost:3000/callback?a=b',
    'http://localhost:3000/Callback',
    'http://localhost:3001/callback',
    'http://127.0.0.1:3000/callback',
    'HTTP://localhost:3000/callback',
    'http://localhost:3000/callback/../callback',
    'http://user@localhost:3000/callback',
    'https://attacker.example.com/',
    '//attacker.example.com',
  ].map(
    (uri) =>
      [
        `the redirect URI ${uri}, which is only similar`,
        authorizePath({ redirect_uri: uri }),
        uri.startsWith('//')
          ? `The redirect_uri ${uri} is no absolute URL`
          : `Callback URL mismatch: ${uri} is not in the list`,
        uri.includes('attacker')
          ? undefined
          : `auth0 apps update web-client --callbacks ${quoteIfNeeded(`${callback},${uri}`)}`,
      ] as const,
  ),
  ...[
    'javascript:alert(1)//',
    'data:text/html,x',
    'http://localhost:3000/#fragment',
    'http://localhost:3000/ Set-Cookie: a=b',
    '/relative',
  ].map(
    (uri) =>
      [
        `the redirect URI ${JSON.stringify(uri)}, although it is listed`,
        authorizePath({ client_id: 'unsafe', redirect_uri: uri }),
        'is no absolute URL without a fragment that a browser can safely go to',
        undefined,
      ] as const,
  ),
];

describe('a long request to /authorize', () => {
  it('is refused before it waits for its user in the store', async () => {
    const parameters = { client_id: 'web-client', redirect_uri: callback, response_type: 'code', audience };
    const filler = Object.fromEntries(
      Array.from({ length: 3 }, (_, index) => [`x${index}`, 'x'.repeat(8000)]),
    );
    const before = open.tenant.store.artifacts.count();
    const { headers } = await open.ask('POST', '/authorize', {
      body: new URLSearchParams({ ...parameters, ...filler }),
    });
    expect(headers.get('location')).toBe(
      `${callback}?error=invalid_request&error_description=The%20request%20has%20more%20than%2016384%20characters`,
    );
    expect(open.tenant.store.artifacts.count()).toBe(before);
  });
});

describe('an error page of /authorize', () => {
  it.each(shown)('shows %s, and leads nowhere', async (_name, path, text, fix) => {
    const url = path.startsWith('/') ? path : `/authorize${path}`;
    const response = await fetch(`${open.site.url}${url}`, { redirect: 'manual' });
    const page = await response.text();

    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(decodeEntities(page)).toContain(text);
    expect(page).not.toContain('<script');
    expect(lastLog(open)).toMatchObject({
      type: 'f',
      description: expect.stringContaining(text.slice(0, 30)),
    });
    expect(lastLog(open).fix).toBe(fix);
  });

  it('says where the command is that helps, and not the command, which whoever sent the link has a part in', async () => {
    const page = await createBrowser(open.site.url).open(
      authorizePath({ redirect_uri: 'http://localhost:3001/callback' }),
    );

    expect(page.text).toContain('auth0 local logs');
    expect(page.text).not.toContain('apps update');
  });

  it('is shown for a body that cannot be read', async () => {
    const { status, headers, body } = await open.ask<string>('POST', '/authorize', {
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-32' },
      body: 'client_id=x',
    });

    expect(status).toBe(415);
    expect(headers.get('content-type')).toContain('text/html');
    expect(body).toContain('Send UTF-8');
  });

  it.each(['gzip', 'deflate', 'br'])('is shown for a body that is damaged %s', async (encoding) => {
    const { status, headers, body } = await open.ask<string>('POST', '/authorize', {
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': encoding },
      body: 'no compressed body at all',
    });
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('text/html');
    expect(body).toContain('Request body could not be read');
  });

  it('is shown for a body of ten megabytes', async () => {
    const { status, headers } = await open.ask('POST', '/authorize', {
      body: new URLSearchParams({ client_id: 'x'.repeat(10_000_000) }),
    });

    expect(status).toBe(413);
    expect(headers.get('content-type')).toContain('text/html');
  });

  it('is shown for names that objects have anyway', async () => {
    const { status } = await open.ask('GET', '/authorize?__proto__=a&constructor=b&client_id=__proto__');

    expect(status).toBe(400);
  });
});

function quoteIfNeeded(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`;
}
