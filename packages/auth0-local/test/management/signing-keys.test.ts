import { beforeEach, describe, expect, it } from 'vitest';
import { audience } from '../support/trial-tenant.js';
import { openManagementBench, refusal, type Item, type ManagementBench } from './support/management-bench.js';

describe('/keys/signing', () => {
  let bench: ManagementBench;

  beforeEach(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  const manage: ManagementBench['manage'] = (...request) => bench.manage(...request);
  const list = async (): Promise<Item[]> => (await manage<Item[]>('GET', '/keys/signing')).body;
  const states = async (): Promise<unknown[]> =>
    (await list()).map(({ kid, current, next, previous, revoked }) => [
      kid,
      (current && 'current') || (next && 'next') || (previous && 'previous'),
      revoked,
    ]);
  const published = async (): Promise<unknown[]> =>
    (await bench.ask<{ keys: Item[] }>('GET', '/.well-known/jwks.json')).body.keys.map(({ kid }) => kid);

  it('lists the key that signs and the one that will', async () => {
    const keys = await list();
    expect(keys).toEqual([
      expect.objectContaining({ current: true, revoked: false, current_since: expect.any(String) }),
      expect.objectContaining({ next: true, revoked: false }),
    ]);
    for (const key of keys) {
      expect(key).toMatchObject({
        kid: expect.any(String),
        cert: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/),
        fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/),
        thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/),
      });
      expect(JSON.stringify(key)).not.toMatch(/PRIVATE KEY|private_pem|"state"/);
      expect((await manage('GET', `/keys/signing/${String(key['kid'])}`)).body).toEqual(key);
    }
  });

  it('rotates with 201: the next one signs, and the last stays good', async () => {
    const [[first], [second]] = (await states()) as [[string], [string]];
    const { status, body } = await manage('POST', '/keys/signing/rotate');
    expect(status).toBe(201);
    expect(body).toEqual({ kid: second, cert: expect.any(String) as string });
    const [, , [third]] = (await states()) as [unknown, unknown, [string]];
    expect(await states()).toEqual([
      [first, 'previous', false],
      [second, 'current', false],
      [third, 'next', false],
    ]);
    expect(await published()).toEqual([second, third, first]);
    const { body: token } = await bench.ask<Item>('POST', '/oauth/token', {
      body: {
        grant_type: 'client_credentials',
        client_id: 'machine-client',
        client_secret: 'machine-secret',
        audience,
      },
    });
    const [header = ''] = String(token['access_token']).split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ kid: second });
  });

  it('revokes with 200: the key is no longer published', async () => {
    const [[first]] = (await states()) as [[string]];
    await manage('POST', '/keys/signing/rotate');
    for (const attempt of [1, 2]) {
      const { status, body } = await manage('PUT', `/keys/signing/${first}/revoke`);
      expect([attempt, status, body]).toEqual([
        attempt,
        200,
        { kid: first, cert: expect.any(String) as string },
      ]);
    }
    expect(await published()).not.toContain(first);
    expect((await manage('GET', `/keys/signing/${first}`)).body).toMatchObject({
      previous: true,
      revoked: true,
      revoked_at: '2026-11-25T12:00:00.000Z',
    });
  });

  it('makes another next key if that is revoked', async () => {
    const [, [next]] = (await states()) as [unknown, [string]];
    expect((await manage('PUT', `/keys/signing/${next}/revoke`)).status).toBe(200);
    expect(await states()).toMatchObject([
      [expect.any(String), 'current', false],
      [next, 'previous', true],
      [expect.any(String), 'next', false],
    ]);
  });

  it('revokes no key that signs, and none that does not exist', async () => {
    const [[current]] = (await states()) as [[string]];
    expect(await manage('PUT', `/keys/signing/${current}/revoke`)).toMatchObject({
      status: 400,
      body: refusal(
        400,
        'The current signing key cannot be revoked. Rotate the signing keys first.',
        'operation_not_supported',
      ),
    });
    const missing = refusal(404, 'The signing key does not exist.', 'inexistent_signing_key');
    expect(await manage('PUT', '/keys/signing/x/revoke')).toMatchObject({ status: 404, body: missing });
    expect(await manage('GET', '/keys/signing/x')).toMatchObject({ status: 404, body: missing });
  });

  it('has one current and one next key, whatever happens at once', async () => {
    const [, [next]] = (await states()) as [unknown, [string]];
    await Promise.all([
      manage('POST', '/keys/signing/rotate'),
      manage('PUT', `/keys/signing/${next}/revoke`),
      manage('POST', '/keys/signing/rotate'),
      manage('PUT', `/keys/signing/${next}/revoke`),
      manage('PUT', `/keys/signing/${next}/revoke`),
    ]);
    const keys = await list();
    expect(keys.filter(({ current }) => current)).toMatchObject([{ revoked: false }]);
    expect(keys.filter(({ next: isNext }) => isNext)).toHaveLength(1);
  });

  it('keeps ten keys that signed before', async () => {
    for (let round = 0; round < 12; round += 1) await manage('POST', '/keys/signing/rotate');
    expect(await list()).toHaveLength(12);
    expect(await published()).toHaveLength(12);
    expect((await manage('GET', '/roles')).status).toBe(200);
  });
});
