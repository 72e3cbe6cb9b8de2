import { createHash, createPublicKey, X509Certificate, type JsonWebKey } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../../../src/tenant/apis.js';
import { updateApplication } from '../../../src/tenant/applications.js';
import { createClientGrant } from '../../../src/tenant/client-grants.js';
import { listSigningKeys, revokeSigningKey, rotateSigningKeys } from '../../../src/tenant/signing-keys.js';
import { requestMachineToken } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications } from '../../support/trial-tenant.js';

describe('GET /.well-known/jwks.json', () => {
  let open: OpenTenant;

  beforeEach(async () => {
    open = await openTenant();
    return () => open.close();
  });

  const askKeys = async () => (await open.ask<JSONWebKeySet>('GET', '/.well-known/jwks.json')).body.keys;
  const states = async (): Promise<(string | undefined)[]> => {
    const known = listSigningKeys(open.tenant);
    return (await askKeys()).map(({ kid }) => known.find((key) => key.kid === kid)?.state);
  };

  it('has the current key and the next, each with its certificate', async () => {
    expect(await states()).toEqual(['current', 'next']);
    for (const key of await askKeys()) {
      expect(Object.keys(key)).toEqual(['kty', 'use', 'n', 'e', 'kid', 'x5t', 'x5c', 'alg']);
      expect(key).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256', e: 'AQAB' });
      const [der = '', ...others] = key.x5c ?? [];
      const certificate = new X509Certificate(Buffer.from(der, 'base64'));
      expect(others).toEqual([]);
      expect(certificate.publicKey.equals(createPublicKey({ key: key as JsonWebKey, format: 'jwk' }))).toBe(
        true,
      );
      expect(key['x5t']).toBe(createHash('sha1').update(certificate.raw).digest('base64url'));
    }
  });

  it('has no private member', async () => {
    for (const key of await askKeys()) {
      for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(name);
    }
  });

  it('may be kept, but not for long', async () => {
    const { headers } = await open.ask('GET', '/.well-known/jwks.json');
    expect(headers.get('cache-control')).toMatch(/^public, max-age=15,/);
  });

  it('keeps a key that was rotated, until it is revoked', async () => {
    const [first] = await askKeys();
    await rotateSigningKeys(open.tenant);
    expect(await states()).toEqual(['current', 'next', 'previous']);
    expect((await askKeys())[2]?.kid).toBe(first?.kid);
    await revokeSigningKey(open.tenant, first?.kid ?? '');
    expect(await states()).toEqual(['current', 'next']);
  });

  it('verifies tokens of before and after a rotation', async () => {
    const before = (await requestMachineToken(open.ask)).body.access_token;
    const [, next] = await askKeys();
    await rotateSigningKeys(open.tenant);
    const after = (await requestMachineToken(open.ask)).body.access_token;
    const keys = createLocalJWKSet({ keys: await askKeys() });
    const currentDate = new Date(open.tenant.now());
    expect((await jwtVerify(before, keys, { currentDate })).protectedHeader.kid).not.toBe(next?.kid);
    expect((await jwtVerify(after, keys, { currentDate })).protectedHeader.kid).toBe(next?.kid);
  });

  it.each(['RS512', 'PS256'])(
    'lets tokens of %s be verified: no alg ties the keys to RS256',
    async (algorithm) => {
      createApi(open.tenant, { identifier: 'urn:other', signing_alg: algorithm });
      createClientGrant(open.tenant, { client_id: applications.machine.client_id, audience: 'urn:other' });
      const { body } = await requestMachineToken(open.ask, { audience: 'urn:other' });
      const keys = await askKeys();
      expect(keys[0]).not.toHaveProperty('alg');
      const { protectedHeader } = await jwtVerify(body.access_token, createLocalJWKSet({ keys }), {
        currentDate: new Date(open.tenant.now()),
      });
      expect(protectedHeader.alg).toBe(algorithm);
    },
  );

  it('leaves alg out for an application whose ID tokens are signed with another algorithm, too', async () => {
    updateApplication(open.tenant, applications.web.client_id, { jwt_configuration: { alg: 'HS256' } });
    expect((await askKeys())[0]).toHaveProperty('alg');
    updateApplication(open.tenant, applications.web.client_id, { jwt_configuration: { alg: 'PS256' } });
    expect((await askKeys())[0]).not.toHaveProperty('alg');
  });
});
