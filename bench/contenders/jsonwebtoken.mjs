import { createPublicKey } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { createHeader } from '../measure/create-header.mjs';
import { readToken } from './read-token.mjs';

/** With a key object, and without a callback, which is its fastest way. It has no EdDSA. */
export function createJsonwebtoken({ issuer, audience, alg, jwk }) {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const options = { issuer, audience, algorithms: [alg] };
  return {
    prepare: createHeader,
    verify: (header) => jsonwebtoken.verify(readToken(header), key, options).sub,
  };
}
