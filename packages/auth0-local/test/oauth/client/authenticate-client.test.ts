import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApplication } from '../../../src/tenant/applications.js';
import { lastLog, type TokenAnswer } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience } from '../../support/trial-tenant.js';

const { machine, spa } = applications;
const unauthorized = { error: 'access_denied', error_description: 'Unauthorized' };
const odd = { client_id: 'odd: client/ü', client_secret: 'a+b %:ü&=' };

describe('authenticateClient', () => {
  let open: OpenTenant;

  beforeAll(async () => {
    open = await openTenant();
    createApplication(open.tenant, { name: 'Odd', grant_types: ['client_credentials'] }, odd);
    createApplication(
      open.tenant,
      { name: 'No secret', grant_types: ['client_credentials'] },
      { client_id: 'no-secret', client_secret: '' },
    );
  });
  afterAll(() => open.close());

  const ask = (body: object, authorization?: string) =>
    open.ask<TokenAnswer>('POST', '/oauth/token', {
      body: { grant_type: 'client_credentials', audience, ...body },
      ...(authorization !== undefined && { headers: { authorization } }),
    });
  const basic = (id: string, secret: string): string =>
    `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const encode = (text: string): string => new URLSearchParams({ a: text }).toString().slice(2);

  it('takes id and secret in the body', async () => {
    expect((await ask(machine)).status).toBe(200);
  });

  it('takes id and secret in the header, with or without the id in the body', async () => {
    const authorization = basic(machine.client_id, machine.client_secret);
    expect((await ask({}, authorization)).status).toBe(200);
    expect((await ask({ client_id: machine.client_id }, authorization)).status).toBe(200);
    expect((await ask({}, authorization.replace('Basic', 'bAsIc'))).status).toBe(200);
  });

  it('takes id and secret that are encoded in the header (RFC 6749 section 2.3.1)', async () => {
    const { status, body } = await ask({}, basic(encode(odd.client_id), encode(odd.client_secret)));
    expect([status, body.error_description]).toEqual([403, expect.stringContaining('client-grant')]);
  });

  it('takes a public application by its id alone', async () => {
    const { status, body } = await ask({
      client_id: spa.client_id,
      grant_type: 'refresh_token',
      refresh_token: 'x',
    });
    expect([status, body.error]).toEqual([403, 'invalid_grant']);
  });

  it('takes a public application by its id alone in the header', async () => {
    const parameters = { grant_type: 'refresh_token', refresh_token: 'x' };
    expect((await ask(parameters, basic(spa.client_id, ''))).status).toBe(403);
  });

  it.each([
    ['a wrong secret', { ...machine, client_secret: 'wrong' }],
    ['a secret that only begins right', { ...machine, client_secret: machine.client_secret.slice(0, -1) }],
    ['a secret with something behind it', { ...machine, client_secret: `${machine.client_secret} ` }],
    ['no secret', { client_id: machine.client_id }],
    ['an unknown client', { client_id: 'nobody', client_secret: machine.client_secret }],
    ['an unknown client without a secret', { client_id: 'nobody' }],
    ['no client', {}],
    ['the id in other letters', { ...machine, client_id: machine.client_id.toUpperCase() }],
    ['a wrong secret of a public application', { client_id: spa.client_id, client_secret: 'wrong' }],
    ['no secret where the secret of an application is empty', { client_id: 'no-secret' }],
    ['the name of a member of every object', { client_id: '__proto__', client_secret: 'x' }],
  ])('refuses %s, in the same words', async (_, body) => {
    const answer = await ask(body);
    expect([answer.status, answer.body]).toEqual([401, unauthorized]);
    expect(answer.headers.get('www-authenticate')).toBeNull();
  });

  it('refuses an empty secret in the header where the secret of an application is empty', async () => {
    expect((await ask({}, basic('no-secret', ''))).status).toBe(401);
  });

  it('gives no hint which of the two was wrong', async () => {
    const headers = async (body: object) => {
      const answer = await ask(body);
      return [...answer.headers].filter(([name]) => name !== 'date');
    };
    expect(await headers({ client_id: 'nobody', client_secret: 'x' })).toEqual(
      await headers({ ...machine, client_secret: 'x' }),
    );
  });

  it.each([
    ['a wrong secret', basic(machine.client_id, 'wrong')],
    ['an unknown client', basic('nobody', 'secret')],
  ])('refuses %s in the header with a challenge for it', async (_, authorization) => {
    const { status, body, headers } = await ask({}, authorization);
    expect([status, body, headers.get('www-authenticate')]).toEqual([
      401,
      unauthorized,
      'Basic realm="token endpoint"',
    ]);
  });

  it.each([
    '',
    'Basic',
    'Basic ***',
    'Basic a b',
    `Basic ${Buffer.from('no colon').toString('base64')}`,
    'Bearer abc',
    'Digest x=y',
  ])('refuses the header %j, whatever stands in the body', async (authorization) => {
    for (const parameters of [{}, machine]) {
      const { status, body, headers } = await ask(parameters, authorization);
      expect([status, body]).toEqual([401, unauthorized]);
      expect(headers.get('www-authenticate')).toBe('Basic realm="token endpoint"');
    }
    expect(lastLog(open)).toMatchObject({
      type: 'feccft',
      description: 'The header Authorization is no well-formed Basic authentication',
      client_id: machine.client_id,
    });
  });

  it('refuses two ways at once (RFC 6749 section 2.3)', async () => {
    const { status, body } = await ask(machine, basic(machine.client_id, machine.client_secret));
    expect([status, body]).toEqual([
      400,
      {
        error: 'invalid_request',
        error_description: 'Authenticate the client in one way only: by header, by secret or by assertion',
      },
    ]);
  });

  it('refuses two clients at once', async () => {
    const authorization = basic(machine.client_id, machine.client_secret);
    const { status, body } = await ask({ client_id: spa.client_id }, authorization);
    expect([status, body]).toEqual([
      400,
      {
        error: 'invalid_request',
        error_description: 'client_id differs from the client in the Authorization header',
      },
    ]);
  });

  it('says in the log what was wrong, and the command that helps', async () => {
    await ask({ ...machine, client_secret: 'wrong' });
    expect(lastLog(open)).toMatchObject({
      type: 'feccft',
      description: 'The client secret is wrong or missing',
      client_id: machine.client_id,
      client_name: 'Machine',
      fix: 'auth0 apps show machine-client --reveal-secrets',
    });
    await ask({ client_id: 'nobody', client_secret: 'x' });
    expect(lastLog(open)).toMatchObject({
      type: 'feccft',
      description: 'There is no application with this client_id',
      client_id: 'nobody',
      fix: 'auth0 apps list',
    });
    await ask({});
    expect(lastLog(open).description).toBe('The request names no client_id');
  });
});
