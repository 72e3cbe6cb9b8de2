import { AuthError, type ApiClient, type VerifyAccessTokenOptions } from '@auth0/auth0-api-js';

/** Why a client does not accept a token, or `accepted`; anything else that is thrown fails the test. */
export async function reasonOf(
  client: ApiClient,
  accessToken: string,
  options: Omit<VerifyAccessTokenOptions, 'accessToken'> = {},
): Promise<string> {
  try {
    await client.verifyAccessToken({ accessToken, ...options });
    return 'accepted';
  } catch (error) {
    if (error instanceof AuthError) return String(error.reason);
    throw error;
  }
}
