import { createTenant, type RunningTenant } from 'auth0-local';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('the Host header', () => {
  let tenant: RunningTenant;

  beforeAll(async () => {
    tenant = await createTenant({
      ephemeral: true,
      issuer: 'https://issuer.test:4443',
      allowHosts: ['Allowed.test'],
    });
  });
  afterAll(() => tenant.close());

  async function send(host: string): Promise<number | undefined> {
    const outgoing = request({
      host: '127.0.0.1',
      port: new URL(tenant.domain).port,
      path: '/.well-known/openid-configuration',
      setHost: false,
      headers: { host },
    });
    outgoing.end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  }

  it.each([
    'localhost',
    'localhost:4400',
    '127.0.0.1:4400',
    '[::1]:4400',
    'issuer.test:4443',
    'allowed.test',
    'ALLOWED.TEST:80',
  ])('is taken when it is %s', async (host) => {
    expect(await send(host)).toBe(200);
  });

  it.each([
    'evil.example',
    'evil.example:4400',
    'localhost.evil.example',
    'localhost@evil.example',
    'issuer.test.evil.example',
    '192.168.1.5:4400',
    '0.0.0.0:4400',
    '',
    'a b',
    'localhost/../evil.example',
  ])('is refused when it is "%s"', async (host) => {
    expect([400, 421]).toContain(await send(host));
  });
});
