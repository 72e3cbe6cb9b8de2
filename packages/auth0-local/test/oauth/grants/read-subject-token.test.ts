import { createPublicKey } from 'node:crypto';
import { exportJWK, SignJWT, UnsecuredJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApi, updateApi } from '../../../src/tenant/apis.js';
import { createApplication } from '../../../src/tenant/applications.js';
import {
  createSigningKeys,
  currentKey,
  privateKey,
  revokeSigningKey,
  rotateSigningKeys,
} from '../../../src/tenant/signing-keys.js';
import {
  createCode,
  createRefreshToken,
  exchangeCode,
  lastLog,
  readToken,
  requestMachineToken,
  requestPasswordToken,
} from '../../support/flow-requests.js';
import type { OpenTenant } from '../../support/open-tenant.js';
import { exchange, getSubjectToken, openChain } from '../../support/token-exchange.js';
import { applications, audience } from '../../support/trial-tenant.js';

const { web } = applications;
const secret = 'a secret of sufficient length for it';
const refused = { error: 'invalid_request', error_description: 'Invalid or expired subject_token.' };
const notOurs = 'The subject token is not good: it is no access token of this tenant';
const newToken = `auth0 test token web-client --identifier ${audience}`;

describe('readSubjectToken', () => {
  let open: OpenTenant;
  let subject: string;

  beforeEach(async () => {
    open = await openChain();
    subject = await getSubjectToken(open);
    return () => open.close();
  });

  async function expectRefusal(token: string, description = notOurs, fix?: string): Promise<void> {
    const { status, body } = await exchange(open.ask, token);
    expect([status, body]).toEqual([401, refused]);
    const entry = lastLog(open);
    expect(entry).toMatchObject({ type: 'failed_on_behalf_of_token_exchange', description });
    expect(entry.fix).toBe(fix);
    expect(JSON.stringify(entry)).not.toContain(token);
  }

  /** The subject token with other claims or another header, signed by the tenant all the same. */
  function sign(claims: Record<string, unknown>, header: object = {}): Promise<string> {
    const good = readToken(subject);
    return new SignJWT({ ...good.claims, ...claims })
      .setProtectedHeader({ alg: 'RS256', ...good.header, ...header })
      .sign(privateKey(open.tenant, currentKey(open.tenant)));
  }

  it('takes what the tenant has signed', async () => {
    expect((await exchange(open.ask, await sign({}))).status).toBe(200);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['nothing that is a token', () => 'nothing'],
    ['dots', () => '..'],
    ['as much as a parameter may have', () => 'a.'.repeat(8192)],
    ['a code', () => createCode(open)],
    ['a refresh token', () => createRefreshToken(open)],
    [
      'an opaque token',
      async () => (await requestPasswordToken(open.ask, { audience: undefined })).body.access_token,
    ],
    ['a token without its signature', () => subject.replace(/[^.]+$/, '')],
    ['a token with a letter more', () => `${subject}A`],
    ['an unsigned token', () => new UnsecuredJWT(readToken(subject).claims).encode()],
    ['a token that a type precedes', () => `Bearer ${subject}`],
  ])('refuses %s', async (_, token) => {
    await expectRefusal(await token());
  });

  it('refuses what is longer than a token can be', async () => {
    const { status, body } = await exchange(open.ask, `${subject}${'A'.repeat(16_384)}`);
    expect([status, body.error_description]).toEqual([
      400,
      "Parameter 'subject_token' must be one string of reasonable length",
    ]);
  });

  it("takes a token as long as a user's permissions can make it", async () => {
    const permissions = Array.from({ length: 300 }, (_, index) => `read:something-of-length-${index}`);
    const token = await sign({ permissions });
    expect(token.length).toBeGreaterThan(12_000);
    expect((await exchange(open.ask, token)).status).toBe(200);
  });

  it.each<[string, () => string]>([
    ['certificate', () => currentKey(open.tenant).cert],
    [
      'public key',
      () => createPublicKey(currentKey(open.tenant).cert).export({ type: 'spki', format: 'pem' }).toString(),
    ],
  ])('refuses a token that is signed with the %s as a shared secret', async (_, key) => {
    const { claims, header } = readToken(subject);
    const token = await new SignJWT(claims)
      .setProtectedHeader({ ...header, alg: 'HS256' })
      .sign(new TextEncoder().encode(key()));
    await expectRefusal(token);
  });

  it('refuses what another tenant has signed, whatever key its header names or brings', async () => {
    const [other] = await createSigningKeys(open.tenant);
    if (other === undefined) throw new Error('no key was made');
    const jwk = await exportJWK(createPublicKey(other.cert));
    const { claims, header } = readToken(subject);
    for (const named of [{}, { kid: other.kid }, { jwk }, { kid: '' }]) {
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', ...header, ...named })
        .sign(privateKey(open.tenant, other));
      await expectRefusal(token);
    }
  });

  it('refuses an algorithm that the API does not have', async () => {
    await expectRefusal(await sign({}, { alg: 'RS512' }));
    await expectRefusal(await sign({}, { alg: 'PS256' }));
    updateApi(open.tenant, audience, { signing_alg: 'PS256' });
    await expectRefusal(subject);
    expect((await exchange(open.ask, await getSubjectToken(open))).status).toBe(200);
  });

  it('takes a token of a key that was rotated, and refuses it when that key is revoked', async () => {
    const { kid = '' } = readToken(subject).header;
    await rotateSigningKeys(open.tenant);
    expect((await exchange(open.ask, subject)).status).toBe(200);
    await revokeSigningKey(open.tenant, kid);
    await expectRefusal(subject);
  });

  it('takes a token of an API that shares a secret, as long as it does', async () => {
    updateApi(open.tenant, audience, { signing_alg: 'HS256', signing_secret: secret });
    const token = await getSubjectToken(open);
    expect(readToken(token).header).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect((await exchange(open.ask, token)).status).toBe(200);
    const { claims, header } = readToken(token);
    const other = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', ...header })
      .sign(new TextEncoder().encode('another secret of sufficient length'));
    await expectRefusal(other);
    updateApi(open.tenant, audience, { signing_alg: 'RS256' });
    await expectRefusal(token);
  });

  it('takes a token of the other listener, and of no other issuer', async () => {
    const [, https = ''] = open.tenant.issuers;
    expect((await exchange(open.ask, await sign({ iss: https }))).status).toBe(200);
    await expectRefusal(await sign({ iss: https.slice(0, -1) }));
    await expectRefusal(await sign({ iss: 'https://other.example.com/' }));
  });

  it('refuses a token from the moment it expires', async () => {
    open.advance(86_400_000 - 1);
    expect((await exchange(open.ask, subject)).status).toBe(200);
    open.advance(1);
    await expectRefusal(subject, 'The subject token is not good: it has expired', newToken);
  });

  it('refuses a token for another API', async () => {
    createApi(open.tenant, { identifier: 'urn:other' });
    const { body } = await requestPasswordToken(open.ask, { audience: 'urn:other', scope: 'openid' });
    await expectRefusal(
      body.access_token,
      `The subject token is not good: it is not for ${audience}, the API that the application is`,
      newToken,
    );
  });

  it('takes a token that is good for the profile as well', async () => {
    const { body } = await requestPasswordToken(open.ask, { scope: 'openid read:messages' });
    expect(readToken(body.access_token).claims.aud).toContain(audience);
    expect((await exchange(open.ask, body.access_token)).status).toBe(200);
  });

  it('refuses the token of an application', async () => {
    const { body } = await requestMachineToken(open.ask);
    await expectRefusal(
      body.access_token,
      'The subject token is not good: it is the token of an application, and not of a user',
    );
  });

  it('refuses an ID token, also of an application with the name of the API', async () => {
    const namesake = { client_id: audience, client_secret: 'of the namesake' };
    createApplication(open.tenant, { name: 'Namesake', grant_types: ['password'] }, namesake);
    const { body } = await exchangeCode(open.ask, createCode(open));
    await expectRefusal(
      body.id_token ?? '',
      `The subject token is not good: it is not for ${audience}, the API that the application is`,
    );
    const own = await requestPasswordToken(open.ask, { ...namesake, scope: 'openid' });
    expect(readToken(own.body.id_token).claims.aud).toBe(audience);
    await expectRefusal(own.body.id_token ?? '');
  });

  it.each<[string, Record<string, unknown>]>([
    ['does not expire', { exp: undefined }],
    ['has no subject', { sub: undefined }],
    ['is of no client', { azp: undefined }],
    ['is of a client that is no text', { azp: [web.client_id] }],
    ['has an act that is a text', { act: 'gateway-client' }],
    ['has an act that is null', { act: null }],
    ['has an act that is a list', { act: ['gateway-client'] }],
    ['has an act that names nobody', { act: {} }],
    ['has an act whose sub is no text', { act: { sub: 1 } }],
    ['has an act whose sub is empty', { act: { sub: '' } }],
    ['has an act in an act that is no object', { act: { sub: 'a', act: 'b' } }],
  ])('refuses what the tenant has signed, if it %s', async (_, claims) => {
    await expectRefusal(await sign(claims));
  });

  it.each([
    [3, 200],
    [4, 400],
    [5, 400],
    [500, 400],
  ])('takes a chain of %i for what it is: %i', async (depth, status) => {
    const act = Array.from({ length: depth }, (_, index) => `client-${index}`).reduceRight<object>(
      (inner, sub) => ({ sub, act: inner }),
      { sub: 'first' },
    );
    const { act: chain } = act as { act: object };
    const answer = await exchange(open.ask, await sign({ act: chain }));
    expect(answer.status).toBe(status);
  });

  it('takes over who has acted, and nothing else that is said of them', async () => {
    const act = { sub: 'a', iss: 'https://a.example.com/', act: { sub: 'b', sub_profile: 'x' } };
    const { body } = await exchange(open.ask, await sign({ act, azp: 'a' }));
    expect(readToken(body.access_token).claims['act']).toEqual({
      sub: 'gateway-client',
      act: { sub: 'a', act: { sub: 'b' } },
    });
  });
});
