import { createDpopClient, createTestIssuer } from '@auth0/auth0-api-js/testing';

/** The public address of the fleet: its processes listen on ports that no client knows. */
const url = 'https://api.example.com/';

/**
 * Creates an issuer, a client with a bound token, and what an API needs to know of both. Nothing listens: the issuer's keys
 * are given.
 */
export async function createCaller() {
  const issuer = await createTestIssuer({ lifetimeSeconds: 6 * 3600 });
  const client = createDpopClient();
  const accessToken = issuer.boundToken(client);
  const unbound = issuer.accessToken();
  return {
    /** For the settings of `api-process.mjs`. */
    trust: {
      issuers: [{ issuer: issuer.issuer, jwks: { keys: issuer.keys } }],
      audience: issuer.audience,
    },
    dpop: { baseUrl: url },
    url,
    bearerHeaders: () => ({ authorization: `Bearer ${unbound}` }),
    /** The headers of a request with a proof that no other has, made so many seconds ago. */
    headers: (nonce, ageSeconds = 0) => ({
      authorization: `DPoP ${accessToken}`,
      dpop: client.proof(
        { url, accessToken, ...(nonce !== undefined && { nonce }) },
        { iat: Math.floor(Date.now() / 1000 - ageSeconds) },
      ),
    }),
  };
}
