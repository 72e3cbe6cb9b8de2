import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiClient } from '@auth0/auth0-api-js';
import { badTokens, createTestIssuer, type BadTokenName, type TestIssuer } from '@auth0/auth0-api-js/testing';

const issuers: TestIssuer[] = [];

afterEach(async () => {
  await Promise.all(issuers.splice(0).map((issuer) => issuer.close()));
});

async function createListening(): Promise<TestIssuer> {
  const issuer = await createTestIssuer({ port: 0 });
  issuers.push(issuer);
  return issuer;
}

const quiet = (): void => {};

function clientOf(issuer: TestIssuer, algorithms = ['RS256']): ApiClient {
  const { domain, audience, fetch: customFetch } = issuer;
  return new ApiClient({ domain, audience, customFetch, algorithms, onEvent: quiet });
}

describe('createTestIssuer', () => {
  it('makes tokens that jose accepts too', async () => {
    const issuer = await createTestIssuer({ audience: 'https://my.api' });
    const keys = createLocalJWKSet({ keys: issuer.keys } as unknown as JSONWebKeySet);
    const { payload } = await jwtVerify(
      issuer.accessToken({ sub: 'auth0|alice', exp_extra: undefined }),
      keys,
      {
        issuer: issuer.issuer,
        audience: 'https://my.api',
      },
    );
    expect(payload).toMatchObject({ sub: 'auth0|alice' });
    expect(payload).not.toHaveProperty('exp_extra');
  });

  it.each(['RS256', 'RS512', 'PS256', 'PS384', 'ES256', 'ES384', 'ES512', 'Ed25519', 'EdDSA'])(
    'signs with %s',
    async (algorithm) => {
      const issuer = await createTestIssuer({ algorithm });
      const claims = await clientOf(issuer, [algorithm]).verifyAccessToken({
        accessToken: issuer.accessToken(),
      });
      expect(claims.iss).toBe('https://issuer.test/');
    },
  );

  const names = Object.keys(badTokens) as BadTokenName[];
  const shared = createTestIssuer();

  it.each(names)('makes a bad token, %s, that is refused with its reason', async (name) => {
    const issuer = await shared;
    const verified = clientOf(issuer).verifyAccessToken({ accessToken: issuer.badToken(name) });
    await expect(verified).rejects.toMatchObject({ statusCode: 401, reason: badTokens[name].reason });
  });

  it('rotates its keys, with or without the old one', async () => {
    const issuer = await createTestIssuer();
    const old = issuer.accessToken();
    issuer.rotateKeys();
    await expect(clientOf(issuer).verifyAccessToken({ accessToken: old })).resolves.toBeDefined();
    await expect(
      clientOf(issuer).verifyAccessToken({ accessToken: issuer.accessToken() }),
    ).resolves.toBeDefined();
    issuer.rotateKeys({ dropOld: true });
    await expect(clientOf(issuer).verifyAccessToken({ accessToken: old })).rejects.toMatchObject({
      reason: 'unknown_key',
    });
    expect(issuer.keys).toHaveLength(1);
  });

  it('is down when it is told to be', async () => {
    const issuer = await createTestIssuer();
    issuer.setDown(true);
    const accessToken = issuer.accessToken();
    await expect(clientOf(issuer).verifyAccessToken({ accessToken })).rejects.toMatchObject({
      statusCode: 503,
    });
    issuer.setDown(false);
    await expect(clientOf(issuer).verifyAccessToken({ accessToken })).resolves.toBeDefined();
  });

  it('answers for itself only', async () => {
    const issuer = await createTestIssuer();
    await expect(issuer.fetch('https://other.test/')).rejects.toThrow(
      'answers for https://issuer.test/ only',
    );
    await expect(issuer.fetch(new Request('https://issuer.test/nothing'))).resolves.toMatchObject({
      status: 404,
    });
  });

  it('listens on a free port of this machine if it is asked to', async () => {
    const issuer = await createListening();
    expect(issuer.domain).toMatch(/^http:\/\/localhost:\d+$/);
    const client = new ApiClient({ domain: issuer.domain, audience: issuer.audience });
    await expect(client.verifyAccessToken({ accessToken: issuer.accessToken() })).resolves.toBeDefined();
    expect(issuer.keyRequests).toBe(1);
    expect((await fetch(`${issuer.issuer}nothing`)).status).toBe(404);
    issuer.setDown(true);
    expect((await fetch(`${issuer.issuer}.well-known/jwks.json`)).status).toBe(503);
  });

  it('rejects when its port is taken', async () => {
    const issuer = await createListening();
    const port = Number(new URL(issuer.domain).port);
    await expect(createTestIssuer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('publishes no private key', async () => {
    const issuer = await createTestIssuer();
    expect(Object.keys(issuer.keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('refuses a misspelt option and an algorithm it does not know', async () => {
    await expect(createTestIssuer({ audiance: 'x' } as object)).rejects.toThrow("Did you mean 'audience'?");
    await expect(createTestIssuer({ algorithm: 'HS256' })).rejects.toThrow(
      "'algorithm' must be one of RS256",
    );
  });
});
