import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCertificate } from '../../src/tls/create-certificate.js';
import { nowSeconds } from '../../src/tenant/tenant.js';
import { audience } from '../support/trial-tenant.js';
import {
  invalidBody,
  openManagementBench,
  refusal,
  type Item,
  type ManagementBench,
} from './support/management-bench.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const key = { credential_type: 'public_key', name: 'First', pem, alg: 'RS256', kid: 'my-key' };

describe('/clients/:id/credentials', () => {
  let bench: ManagementBench;

  beforeEach(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  const path = '/clients/machine-client/credentials';
  const manage: ManagementBench['manage'] = (...request) => bench.manage(...request);
  const enable = (credentials: unknown[]) =>
    manage('PATCH', '/clients/machine-client', {
      body: { client_authentication_methods: { private_key_jwt: { credentials } } },
    });

  /** Asks for a token with an assertion that the key has signed. */
  const authenticate = async (): Promise<number> => {
    const iat = nowSeconds(bench.tenant);
    const assertion = await new SignJWT({
      iss: 'machine-client',
      sub: 'machine-client',
      aud: bench.site.issuer,
      jti: randomUUID(),
      iat,
      exp: iat + 60,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'my-key' })
      .sign(privateKey);
    const { status } = await bench.ask('POST', '/oauth/token', {
      body: {
        grant_type: 'client_credentials',
        audience,
        client_id: 'machine-client',
        client_assertion: assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      },
    });
    return status;
  };

  it('adds a key, which never comes back', async () => {
    const { status, body } = await manage('POST', path, { body: key });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^cred_\w{22}$/) as string,
      credential_type: 'public_key',
      name: 'First',
      alg: 'RS256',
      kid: 'my-key',
      created_at: '2026-11-25T12:00:00.000Z',
      updated_at: '2026-11-25T12:00:00.000Z',
    });
    expect((await manage('GET', path)).body).toEqual([body]);
    expect((await manage('GET', `${path}/${String(body['id'])}`)).body).toEqual(body);
    const application = await manage('GET', '/clients/machine-client');
    expect(JSON.stringify([application.body, bench.tenant.log.list()])).not.toContain('PUBLIC KEY');
  });

  it('lets the application authenticate with a key once its methods name it, and no longer', async () => {
    const { body } = await manage('POST', path, { body: key });
    expect(await authenticate()).toBe(401);
    const enabled = await enable([{ id: body['id'] }]);
    expect(enabled.body).toMatchObject({
      client_authentication_methods: { private_key_jwt: { credentials: [{ id: body['id'] }] } },
      token_endpoint_auth_method: null,
    });
    expect(await authenticate()).toBe(200);
    const disabled = await enable([]);
    expect(disabled.body['client_authentication_methods']).toEqual({ private_key_jwt: { credentials: [] } });
    expect(await authenticate()).toBe(401);
    expect((await manage('GET', path)).body).toEqual([body]);
  });

  it('goes back to the secret', async () => {
    await enable([key]);
    expect(await authenticate()).toBe(200);
    const { status, body } = await manage('PATCH', '/clients/machine-client', {
      body: { client_authentication_methods: null, token_endpoint_auth_method: 'client_secret_post' },
    });
    expect([status, body['token_endpoint_auth_method']]).toEqual([200, 'client_secret_post']);
    expect(await authenticate()).toBe(401);
  });

  it('has one way to authenticate', async () => {
    await enable([key]);
    const wrong = refusal(
      400,
      'token_endpoint_auth_method and client_authentication_methods are mutually exclusive',
      'invalid_body',
    );
    const body = { token_endpoint_auth_method: 'client_secret_basic' };
    expect((await manage('PATCH', '/clients/machine-client', { body })).body).toEqual(wrong);
    const methods = { client_authentication_methods: { private_key_jwt: { credentials: [key] } } };
    expect((await manage('POST', '/clients', { body: { name: 'x', ...body, ...methods } })).body).toEqual(
      wrong,
    );
    const rotated = await manage('POST', '/clients/machine-client/rotate-secret');
    expect(rotated.body).toEqual(
      refusal(
        400,
        'The secret of a client that authenticates with private_key_jwt cannot be rotated',
        'operation_not_supported',
      ),
    );
  });

  it('creates an application with its keys', async () => {
    const methods = { client_authentication_methods: { private_key_jwt: { credentials: [key] } } };
    const { status, body } = await manage('POST', '/clients', { body: { name: 'x', ...methods } });
    expect(status).toBe(201);
    const { body: keys } = await manage<Item[]>('GET', `/clients/${String(body['client_id'])}/credentials`);
    expect(body['client_authentication_methods']).toEqual({
      private_key_jwt: { credentials: [{ id: keys[0]?.['id'] }] },
    });
  });

  it('changes when a key ends', async () => {
    const { body } = await manage('POST', path, { body: key });
    const one = `${path}/${String(body['id'])}`;
    bench.advance(1000);
    const later = { expires_at: '2030-01-01T00:00:00.000Z' };
    const expected = { ...body, ...later, updated_at: '2026-11-25T12:00:01.000Z' };
    expect(await manage('PATCH', one, { body: later })).toMatchObject({ status: 200, body: expected });
    expect((await manage('GET', one)).body).toEqual(expected);
    expect((await manage('PATCH', one, { body: { expires_at: null } })).body).not.toHaveProperty(
      'expires_at',
    );
  });

  it('reads from a certificate when it ends', async () => {
    const certificate = createCertificate({
      commonName: 'x',
      publicKey,
      signingKey: privateKey,
      notBefore: new Date('2026-01-01T00:00:00Z'),
      years: 1,
    });
    const body = { credential_type: 'public_key', pem: certificate, parse_expiry_from_cert: true };
    expect((await manage('POST', path, { body })).body['expires_at']).toMatch(/^2027-01-01T/);
    expect((await manage('POST', path, { body: { ...body, pem } })).body).toEqual(
      invalidBody("'The pem is no certificate, so that no expiry can be read from it' on property pem."),
    );
  });

  it('deletes a key, enabled or not, once or twice', async () => {
    const { body } = await manage('POST', path, { body: key });
    await enable([{ id: body['id'] }]);
    for (const attempt of [1, 2]) {
      const { status } = await manage('DELETE', `${path}/${String(body['id'])}`);
      expect([attempt, status]).toEqual([attempt, 204]);
    }
    expect(await authenticate()).toBe(401);
    expect((await manage('GET', path)).body).toEqual([]);
    expect((await manage('GET', '/clients/machine-client')).body['client_authentication_methods']).toEqual({
      private_key_jwt: { credentials: [] },
    });
    for (const method of ['GET', 'PATCH']) {
      const answer = await manage(
        method,
        `${path}/${String(body['id'])}`,
        method === 'GET' ? {} : { body: {} },
      );
      expect(answer.body).toEqual(refusal(404, 'The credential does not exist', 'inexistent_credential'));
    }
  });

  it.each([
    [{ ...key, pem: 'x' }, "'The pem is no public key or certificate in PEM' on property pem."],
    [
      { ...key, pem: privateKey.export({ type: 'pkcs8', format: 'pem' }) },
      "'The pem is no public key or certificate in PEM' on property pem.",
    ],
    [{ ...key, alg: 'HS256' }, "'No enum match for: HS256' on property alg."],
    [{ ...key, credential_type: 'x509_cert' }, "'No enum match for: x509_cert' on property credential_type."],
    [
      { ...key, expires_at: 'tomorrow' },
      "'Object didn't pass validation for format date-time: tomorrow' on property expires_at.",
    ],
    [{ pem }, "'Missing required property: credential_type'."],
  ])('takes no %j', async (body, problem) => {
    const answer = await manage('POST', path, { body });
    expect([answer.status, answer.body]).toEqual([400, invalidBody(problem)]);
    expect(JSON.stringify(bench.tenant.log.list())).not.toContain('PRIVATE KEY');
  });

  it('enables no key of another application', async () => {
    const { body } = await manage('POST', '/clients/web-client/credentials', { body: key });
    expect((await enable([{ id: body['id'] }])).body).toEqual(
      refusal(400, 'The credential does not exist', 'inexistent_credential'),
    );
  });
});
