import { describe, expect, it } from 'vitest';
import { ApiClient, InvalidConfigurationError, InvalidRequestError } from '@auth0/auth0-api-js';
import { authenticate } from '@auth0/auth0-api-js/adapter';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { audience, claimsText, createBench, headerText, rsaKey, signRaw } from '../support/bench.js';

const accessToken = signRaw(rsaKey, headerText(rsaKey), claimsText());

describe('verifyAccessToken', () => {
  it('asks the issuer once for many tokens', async () => {
    const { client, requests } = createBench([rsaKey.publicJwk]);
    await Promise.all(Array.from({ length: 50 }, () => client.verifyAccessToken({ accessToken })));
    expect(requests).toHaveLength(2);
  });

  it('answers without a promise while the keys are in memory', async () => {
    const { client } = createBench([rsaKey.publicJwk]);
    const credentials = { authorization: [`Bearer ${accessToken}`] };
    expect(authenticate(client, credentials)).toBeInstanceOf(Promise);
    await authenticate(client, credentials);
    expect(authenticate(client, credentials)).toMatchObject({
      token: accessToken,
      claims: { sub: 'auth0|abc' },
    });
    const fresh = signRaw(rsaKey, headerText(rsaKey), claimsText({ sub: 'never seen' }));
    expect(authenticate(client, { authorization: [`Bearer ${fresh}`] })).toMatchObject({
      claims: { sub: 'never seen' },
    });
  });

  it('L11 refuses a token it has seen once the issuer has dropped its key', async () => {
    const issuer = await createTestIssuer();
    const { domain, fetch: customFetch } = issuer;
    const client = new ApiClient({
      domain,
      audience: issuer.audience,
      customFetch,
      discoveryCache: { ttl: 0 },
    });
    const token = issuer.accessToken();
    await expect(client.verifyAccessToken({ accessToken: token })).resolves.toBeDefined();
    issuer.rotateKeys();
    await expect(client.verifyAccessToken({ accessToken: token })).resolves.toBeDefined();
    issuer.rotateKeys({ dropOld: true });
    await expect(client.verifyAccessToken({ accessToken: token })).rejects.toMatchObject({
      reason: 'unknown_key',
    });
  });

  it('verifies anew when the issuer publishes another key under the same kid', async () => {
    const keys: unknown[] = [rsaKey.publicJwk];
    const { client } = createBench(keys, { discoveryCache: { ttl: 0 } });
    await expect(client.verifyAccessToken({ accessToken })).resolves.toBeDefined();
    keys[0] = { ...createTestKey('RS256').publicJwk, kid: rsaKey.kid };
    await expect(client.verifyAccessToken({ accessToken })).rejects.toMatchObject({
      reason: 'signature_invalid',
    });
  });

  it.each([undefined, '', null, 7])('misses its token: %j', async (token) => {
    const { client } = createBench([rsaKey.publicJwk]);
    await expect(client.verifyAccessToken({ accessToken: token as string })).rejects.toMatchObject({
      code: 'verify_access_token_error',
      statusCode: 401,
      message: '',
      headers: { 'www-authenticate': ['Bearer realm="api"', 'DPoP algs="ES256"'] },
    });
  });

  it('takes the scheme in any case, and no other', async () => {
    const { client } = createBench([rsaKey.publicJwk]);
    await expect(client.verifyAccessToken({ accessToken, scheme: 'BEARER' })).resolves.toBeDefined();
    const refused = client.verifyAccessToken({ accessToken, scheme: 'basic' });
    await expect(refused).rejects.toBeInstanceOf(InvalidRequestError);
    await expect(refused).rejects.toMatchObject({ statusCode: 400, cause: { code: 'invalid_auth_scheme' } });
  });

  it('takes other algorithms for one call', async () => {
    const { client } = createBench([rsaKey.publicJwk]);
    await expect(client.verifyAccessToken({ accessToken, algorithms: ['ES256'] })).rejects.toMatchObject({
      reason: 'algorithm_not_allowed',
    });
    await expect(client.verifyAccessToken({ accessToken, algorithms: ['HS256'] })).rejects.toThrow(
      'symmetric algorithms',
    );
  });

  it('refuses a misspelt option, which could switch a check off', async () => {
    const { client } = createBench([rsaKey.publicJwk]);
    const verified = client.verifyAccessToken({ accessToken, requiredClaim: ['jti'] } as never);
    await expect(verified).rejects.toThrow(InvalidConfigurationError);
    await expect(verified).rejects.toThrow("Did you mean 'requiredClaims'?");
    await expect(client.verifyAccessToken({ accessToken, requiredClaims: 'jti' as never })).rejects.toThrow(
      'must be an array',
    );
  });

  it('says with its error what belongs into the response', async () => {
    const { client } = createBench([rsaKey.publicJwk]);
    const token = signRaw(rsaKey, headerText(rsaKey), claimsText({ aud: 'other' }));
    await expect(client.verifyAccessToken({ accessToken: token })).rejects.toMatchObject({
      headers: {
        'www-authenticate': [
          `Bearer realm="api", error="invalid_token", error_description="unexpected 'aud' claim value"`,
          'DPoP algs="ES256"',
        ],
      },
    });
  });

  it('is an empty object to whoever prints it', () => {
    const { client } = createBench([rsaKey.publicJwk], { clientSecret: 'secret', audience });
    expect(JSON.stringify(client)).toBe('{}');
  });
});
