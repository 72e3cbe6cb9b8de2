import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import { expect, test } from 'vitest';

const { audience, domain, fetch: customFetch, accessToken, badToken } = await createTestIssuer();

// #region client
import { ApiClient, getToken, VerifyAccessTokenError } from '@auth0/auth0-api-js';

const client = new ApiClient({ domain, audience, customFetch });

async function readSubject(headers: Record<string, string | undefined>): Promise<string | undefined> {
  const claims = await client.verifyAccessToken({ accessToken: getToken(headers) });
  return claims.sub;
}
// #endregion

test('a good token has a subject', async () => {
  const authorization = `Bearer ${accessToken({ sub: 'auth0|alice' })}`;
  await expect(readSubject({ authorization })).resolves.toBe('auth0|alice');
});

test('a bad one has a reason', async () => {
  const refused = readSubject({ authorization: `Bearer ${badToken('wrong-audience')}` });
  await expect(refused).rejects.toThrow(VerifyAccessTokenError);
  await expect(refused).rejects.toMatchObject({ reason: 'audience_mismatch', statusCode: 401 });
});
