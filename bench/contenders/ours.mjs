import { ApiClient } from '@auth0/auth0-api-js';
import { authenticate } from '@auth0/auth0-api-js/adapter';
import { createHeader } from '../measure/create-header.mjs';
import { readToken } from './read-token.mjs';

/** What the Express middleware calls: an answer at once, no promise. */
export function createOurs(settings) {
  const client = createClient(settings);
  return {
    prepare: createHeader,
    verify: (header) => authenticate(client, { authorization: [header] }).claims.sub,
  };
}

/** The method for whoever has no adapter: a promise. */
export function createOursAsPromise(settings) {
  const client = createClient(settings);
  return {
    isAsync: true,
    prepare: createHeader,
    verify: async (header) => (await client.verifyAccessToken({ accessToken: readToken(header) })).sub,
  };
}

function createClient({ issuer, audience, alg, jwk }) {
  return new ApiClient({ issuers: [{ issuer, jwks: { keys: [jwk] } }], audience, algorithms: [alg] });
}
