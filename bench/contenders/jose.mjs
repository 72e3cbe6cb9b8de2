import { createLocalJWKSet, jwtVerify } from 'jose';
import { createHeader } from '../measure/create-header.mjs';
import { readToken } from './read-token.mjs';

/** One token at a time, as one request has one. */
export function createJose({ issuer, audience, alg, jwk }) {
  const keys = createLocalJWKSet({ keys: [jwk] });
  const options = { issuer, audience, algorithms: [alg], requiredClaims: ['exp', 'iat'] };
  return {
    isAsync: true,
    prepare: createHeader,
    verify: async (header) => (await jwtVerify(readToken(header), keys, options)).payload.sub,
  };
}
