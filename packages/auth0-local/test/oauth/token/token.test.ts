import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastLog, requestMachineToken, requestToken, type TokenAnswer } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience } from '../../support/trial-tenant.js';

const { machine } = applications;
const good = { grant_type: 'client_credentials', ...machine, audience };

describe('POST /oauth/token', () => {
  let open: OpenTenant;

  beforeAll(async () => {
    open = await openTenant();
  });
  afterAll(() => open.close());

  const send = (body: string, type?: string) =>
    open.ask<TokenAnswer>('POST', '/oauth/token', {
      body,
      headers: { 'content-type': type ?? 'application/json' },
    });
  const invalidRequest = (description: string) => ({
    error: 'invalid_request',
    error_description: description,
  });

  it('takes JSON', async () => {
    expect((await requestToken(open.ask, good)).status).toBe(200);
  });

  it('takes a form', async () => {
    const { status, body } = await open.ask<TokenAnswer>('POST', '/oauth/token', {
      body: new URLSearchParams(good),
    });
    expect([status, body.token_type]).toEqual([200, 'Bearer']);
  });

  it('takes JSON by another name, and with a charset', async () => {
    expect((await send(JSON.stringify(good), 'application/json; charset=utf-8')).status).toBe(200);
  });

  it('lets nobody keep an answer, good or bad', async () => {
    for (const parameters of [{}, { client_secret: 'wrong' }]) {
      const { headers } = await requestMachineToken(open.ask, parameters);
      expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    }
  });

  it('ignores parameters it does not know, whatever they are', async () => {
    const { status } = await requestToken(open.ask, { ...good, unknown: { a: [1] }, other: null });
    expect(status).toBe(200);
  });

  it('takes a parameter without a value for one that is not there (RFC 6749 section 3.1)', async () => {
    const { status, body } = await requestToken(open.ask, { ...good, audience: '' });
    expect([status, body.error_description]).toEqual([
      403,
      'Non-global clients are not allowed access to APIv1',
    ]);
  });

  it.each([
    'urn:openid:params:grant-type:ciba',
    'implicit',
    'Client_Credentials',
    '__proto__',
    'constructor',
  ])('refuses the grant type %s', async (grantType) => {
    const { status, body } = await requestToken(open.ask, { ...good, grant_type: grantType });
    expect([status, body]).toEqual([
      400,
      { error: 'unsupported_grant_type', error_description: `Unsupported grant type: ${grantType}` },
    ]);
    expect(lastLog(open).type).toBe('feoobft');
  });

  it('asks for a grant type', async () => {
    const { status, body } = await requestToken(open.ask, { ...good, grant_type: undefined });
    expect([status, body]).toEqual([400, invalidRequest('Missing required parameter: grant_type')]);
  });

  it.each(['grant_type', 'client_id', 'client_secret', 'audience', 'scope'])(
    'refuses %s twice in a form',
    async (name) => {
      const form = new URLSearchParams({ ...good, scope: 'read:messages' });
      form.append(name, form.get(name) ?? '');
      const { status, body } = await open.ask('POST', '/oauth/token', { body: form });
      expect([status, body]).toEqual([
        400,
        invalidRequest(`Parameter '${name}' must be one string of reasonable length`),
      ]);
    },
  );

  it.each([
    ['a number', 42],
    ['a boolean', true],
    ['null', null],
    ['an object', { a: 1 }],
    ['an array', ['read:messages']],
    ['something with a prototype', JSON.parse('{"__proto__":{"toString":"read:messages"}}')],
    ['a string of 20 KB', 'x'.repeat(20_000)],
  ])('refuses %s where a string belongs', async (_, value) => {
    for (const name of ['grant_type', 'client_id', 'client_secret', 'audience', 'scope']) {
      const { status, body } = await requestToken(open.ask, { ...good, [name]: value });
      expect([status, body]).toEqual([
        400,
        invalidRequest(`Parameter '${name}' must be one string of reasonable length`),
      ]);
    }
  });

  it.each([
    ['JSON that is broken', '{"grant_type":', 400, 'Request body is not valid JSON'],
    ['JSON that is a string', '"client_credentials"', 400, 'Request body is not valid JSON'],
    ['JSON that is an array', JSON.stringify([good]), 400, 'Request body must be a JSON object'],
    ['an empty JSON body', '', 400, 'Missing required parameter: grant_type'],
  ])('refuses %s', async (_, body, status, description) => {
    const answer = await send(body);
    expect([answer.status, answer.body]).toEqual([status, invalidRequest(description)]);
  });

  it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x'])(
    'refuses a body of the type %s, and says what it takes',
    async (type) => {
      const { status, body } = await send(JSON.stringify(good), type);
      expect([status, body]).toEqual([
        400,
        invalidRequest(
          'Send the parameters in the body, as application/json or application/x-www-form-urlencoded.',
        ),
      ]);
    },
  );

  it('does not look for parameters in the URL', async () => {
    const { status } = await open.ask('POST', `/oauth/token?${new URLSearchParams(good)}`);
    expect(status).toBe(400);
  });

  it('refuses a body in an encoding it does not know', async () => {
    const { status, body } = await send('{}', 'application/json; charset=shift_jis');
    expect([status, (body as TokenAnswer).error]).toEqual([415, 'invalid_request']);
  });

  it.each([
    ['JSON', (size: number) => JSON.stringify({ ...good, padding: 'x'.repeat(size) }), 'application/json'],
    [
      'a form',
      (size: number) => `${new URLSearchParams(good)}&padding=${'x'.repeat(size)}`,
      'application/x-www-form-urlencoded',
    ],
  ])('refuses ten megabytes of %s, and answers the next request', async (_, make, type) => {
    const { status, body } = await send(make(10_000_000), type);
    expect([status, body]).toEqual([413, invalidRequest('Request body is too large. The limit is 1 MB.')]);
    expect((await send(make(1000), type)).status).toBe(200);
  });

  it('refuses a form with more parameters than anybody needs', async () => {
    const form = Array.from({ length: 5000 }, (__, index) => `p${index}=`).join('&');
    const { status, body } = await send(form, 'application/x-www-form-urlencoded');
    expect([status, (body as TokenAnswer).error]).toEqual([400, 'invalid_request']);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'is not led astray by a member %s',
    async (name) => {
      const json = JSON.stringify(good).replace('{', `{"${name}":{"grant_types":["x"],"client_id":"x"},`);
      expect((await send(json)).status).toBe(200);
      const form = `${name}=x&${name}[client_id]=x&${new URLSearchParams(good)}`;
      expect((await send(form, 'application/x-www-form-urlencoded')).status).toBe(200);
      expect({}).not.toHaveProperty('client_id');
    },
  );

  it.each([
    '\u0000',
    '\ud800',
    "'; DROP TABLE applications; --",
    '%00',
    '../../etc/passwd',
    '\r\nSet-Cookie: a=b',
  ])('takes the odd value %j for what it is', async (value) => {
    const asClient = await requestToken(open.ask, { ...good, client_id: value });
    expect([asClient.status, asClient.body]).toEqual([
      401,
      { error: 'access_denied', error_description: 'Unauthorized' },
    ]);
    const asAudience = await requestToken(open.ask, { ...good, audience: value });
    expect([asAudience.status, asAudience.body.error]).toEqual([403, 'access_denied']);
    const asScope = await requestToken(open.ask, { ...good, scope: value });
    expect([asScope.status, asScope.body.scope]).toEqual([200, undefined]);
    expect((await requestToken(open.ask, good)).status).toBe(200);
  });

  it('knows no other method', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      expect((await open.ask(method, '/oauth/token')).status).toBe(404);
    }
  });

  it('answers 200 requests at once, and loses nothing', async () => {
    const before = open.tenant.log.list().filter(({ type }) => type === 'seccft').length;
    const answers = await Promise.all(Array.from({ length: 200 }, () => requestToken(open.ask, good)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 200 }, () => 200));
    const after = open.tenant.log.list().filter(({ type }) => type === 'seccft').length;
    expect(after - before).toBe(200);
  });

  it('answers good and bad requests at once, each for itself', async () => {
    const bodies = Array.from({ length: 100 }, (__, index) =>
      index % 2 === 0 ? good : { ...good, client_secret: `wrong-${index}` },
    );
    const answers = await Promise.all(bodies.map((body) => requestToken(open.ask, body)));
    expect(answers.map(({ status }) => status)).toEqual(
      bodies.map((_, index) => (index % 2 === 0 ? 200 : 401)),
    );
  });

  it('writes no secret and no token into the log', async () => {
    const { body } = await requestToken(open.ask, good);
    await requestToken(open.ask, { ...good, client_secret: 'a-wrong-secret' });
    const log = JSON.stringify(open.tenant.log.list());
    for (const secret of [machine.client_secret, 'a-wrong-secret', body.access_token]) {
      expect(log).not.toContain(secret);
    }
  });

  it('notes where a request came from', async () => {
    await requestToken(open.ask, good);
    expect(lastLog(open).ip).toMatch(/127\.0\.0\.1|::1/);
  });
});
