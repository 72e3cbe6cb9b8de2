import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApplication, getApplication } from '../../../src/tenant/applications.js';
import { createClientGrant } from '../../../src/tenant/client-grants.js';
import { nowSeconds } from '../../../src/tenant/tenant.js';
import { lastLog, requestToken } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { audience } from '../../support/trial-tenant.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const unauthorized = { error: 'access_denied', error_description: 'Unauthorized' };
const identity = { client_id: 'keys', client_secret: 'not-to-be-used' };

const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

describe('isAssertionOf', () => {
  let open: OpenTenant;

  beforeEach(async () => {
    open = await openTenant();
    addApplication(identity);
    return () => open.close();
  });

  function addApplication(ids: typeof identity, credentials: readonly object[] = [{}]): void {
    createApplication(
      open.tenant,
      {
        name: 'Keys',
        app_type: 'non_interactive',
        grant_types: ['client_credentials'],
        client_authentication_methods: {
          private_key_jwt: {
            credentials: credentials.map((credential) => ({
              credential_type: 'public_key',
              pem: pem(rsa.publicKey),
              alg: 'RS256',
              ...credential,
            })),
          },
        },
      },
      ids,
    );
    createClientGrant(open.tenant, { client_id: ids.client_id, audience, allow_all_scopes: true });
  }

  const sign = (
    claims: Record<string, unknown> = {},
    { key = rsa.privateKey, ...header }: { key?: KeyObject | Uint8Array; alg?: string; kid?: string } = {},
  ): Promise<string> =>
    new SignJWT({
      iss: 'keys',
      sub: 'keys',
      aud: open.site.issuer,
      exp: nowSeconds(open.tenant) + 60,
      jti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', ...header })
      .sign(key);
  const ask = (assertion: string | undefined, parameters: Record<string, unknown> = {}) =>
    requestToken(open.ask, {
      grant_type: 'client_credentials',
      audience,
      client_assertion_type: type,
      client_assertion: assertion,
      ...parameters,
    });

  it('takes an assertion, with or without client_id', async () => {
    expect((await ask(await sign())).status).toBe(200);
    expect((await ask(await sign(), { client_id: 'keys' })).status).toBe(200);
  });

  it('takes the issuer or the token endpoint as audience, of either listener', async () => {
    for (const issuer of open.tenant.issuers) {
      expect((await ask(await sign({ aud: issuer }))).status).toBe(200);
      expect((await ask(await sign({ aud: [`${issuer}oauth/token`] }))).status).toBe(200);
    }
  });

  it('takes the key that the assertion names', async () => {
    const [credential] = getApplication(open.tenant, 'keys').credentials;
    expect((await ask(await sign({}, { kid: credential?.kid ?? '' }))).status).toBe(200);
    expect((await ask(await sign({}, { kid: 'another' }))).body).toEqual(unauthorized);
  });

  it('takes any of several keys, each with its algorithm', async () => {
    addApplication({ ...identity, client_id: 'two' }, [{}, { pem: pem(ec.publicKey), alg: 'ES256' }]);
    const claims = { iss: 'two', sub: 'two' };
    expect((await ask(await sign(claims))).status).toBe(200);
    expect((await ask(await sign(claims, { key: ec.privateKey, alg: 'ES256' }))).status).toBe(200);
  });

  it('takes an assertion until it has expired, with five seconds for clocks that differ', async () => {
    const assertion = await sign();
    const late = await sign();
    open.advance(64_000);
    expect((await ask(assertion)).status).toBe(200);
    open.advance(1000);
    expect((await ask(late)).status).toBe(401);
  });

  it.each<[string, Record<string, unknown>]>([
    ['the audience of somebody else', { aud: 'https://other.example.com/' }],
    ['no audience', { aud: undefined }],
    ['the API as audience', { aud: audience }],
    ['another issuer', { iss: 'machine-client' }],
    ['no issuer', { iss: undefined }],
    ['another subject', { sub: 'machine-client' }],
    ['no subject', { sub: undefined }],
    ['no expiry', { exp: undefined }],
    ['an expiry that is text', { exp: 'tomorrow' }],
    ['an expiry without end', { exp: 1e300 }],
    ['more than an hour to live', { exp: Date.parse('2026-11-25T13:00:06Z') / 1000 }],
    ['no jti', { jti: undefined }],
    ['an empty jti', { jti: '' }],
    ['a jti that is a number', { jti: 7 }],
    ['a time before which it is not good', { nbf: Date.parse('2026-11-25T12:00:06Z') / 1000 }],
  ])('refuses an assertion with %s', async (_, claims) => {
    const { status, body } = await ask(await sign(claims), { client_id: 'keys' });
    expect([status, body]).toEqual([401, unauthorized]);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['of a key that is not registered', () => sign({}, { key: stranger.privateKey })],
    ['by another algorithm', () => sign({}, { alg: 'PS256' })],
    [
      'by a shared secret',
      () => sign({}, { alg: 'HS256', key: new TextEncoder().encode(pem(rsa.publicKey)) }),
    ],
    [
      'by the secret of the client',
      () => sign({}, { alg: 'HS256', key: new TextEncoder().encode(identity.client_secret.repeat(3)) }),
    ],
    [
      'without a signature',
      () =>
        new UnsecuredJWT({ iss: 'keys', sub: 'keys' })
          .setAudience(open.site.issuer)
          .setExpirationTime('1m')
          .setJti('a')
          .encode(),
    ],
    ['of nothing', () => 'a.b.c'],
    ['that is no JWT', () => 'nothing'],
  ])('refuses an assertion %s', async (_, make) => {
    const { status, body } = await ask(await make(), { client_id: 'keys' });
    expect([status, body]).toEqual([401, unauthorized]);
  });

  it('takes an assertion once', async () => {
    const assertion = await sign();
    expect((await ask(assertion)).status).toBe(200);
    expect((await ask(assertion)).body).toEqual(unauthorized);
    open.advance(64_000);
    expect((await ask(assertion)).body).toEqual(unauthorized);
  });

  it('takes one of many requests with the same assertion at the same moment', async () => {
    const assertion = await sign();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(assertion)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('takes the same jti of another client, and remembers none longer than it must', async () => {
    addApplication({ ...identity, client_id: 'other' });
    await ask(await sign({ jti: 'same' }));
    expect((await ask(await sign({ jti: 'same', iss: 'other', sub: 'other' }))).status).toBe(200);
    open.advance(65_000);
    expect((await ask(await sign({ jti: 'same' }))).status).toBe(200);
  });

  it('refuses a key whose time is up', async () => {
    addApplication({ ...identity, client_id: 'late' }, [{ expires_at: '2026-11-25T12:00:01.000Z' }]);
    const claims = { iss: 'late', sub: 'late' };
    expect((await ask(await sign(claims))).status).toBe(200);
    open.advance(1000);
    expect((await ask(await sign(claims))).body).toEqual(unauthorized);
  });

  it('does not take the secret of an application that has keys', async () => {
    const { status, body } = await requestToken(open.ask, {
      grant_type: 'client_credentials',
      audience,
      ...identity,
    });
    expect([status, body]).toEqual([401, unauthorized]);
    const authorization = `Basic ${btoa(`${identity.client_id}:${identity.client_secret}`)}`;
    const byHeader = await open.ask('POST', '/oauth/token', {
      body: { grant_type: 'client_credentials', audience },
      headers: { authorization },
    });
    expect(byHeader.status).toBe(401);
    expect(lastLog(open).description).toContain('authenticates with an assertion');
  });

  it('does not take the id alone of an application that has keys', async () => {
    expect((await ask(undefined, { client_assertion_type: undefined, client_id: 'keys' })).status).toBe(401);
  });

  it('takes no assertion of an application that has none registered', async () => {
    const claims = { iss: 'machine-client', sub: 'machine-client' };
    expect((await ask(await sign(claims))).body).toEqual(unauthorized);
    expect((await ask(await sign({ iss: 'spa-client', sub: 'spa-client' }))).body).toEqual(unauthorized);
  });

  it('refuses an assertion of one client in the name of another', async () => {
    expect((await ask(await sign(), { client_id: 'machine-client' })).body).toEqual(unauthorized);
  });

  it('refuses another type of assertion', async () => {
    const { status, body } = await ask(await sign(), { client_assertion_type: 'saml' });
    expect([status, body]).toEqual([
      400,
      { error: 'invalid_request', error_description: `client_assertion_type must be ${type}` },
    ]);
  });

  it('refuses an assertion and a secret at once', async () => {
    expect((await ask(await sign(), { client_secret: identity.client_secret })).status).toBe(400);
  });
});
