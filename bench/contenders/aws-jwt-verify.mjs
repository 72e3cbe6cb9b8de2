import { JwtVerifier } from 'aws-jwt-verify';
import { createHeader } from '../measure/create-header.mjs';
import { readToken } from './read-token.mjs';

/** It knows the algorithm from the key. It has no PS256. */
export function createAwsJwtVerify({ issuer, audience, jwk }) {
  const verifier = JwtVerifier.create({ issuer, audience });
  verifier.cacheJwks({ keys: [jwk] });
  return { prepare: createHeader, verify: (header) => verifier.verifySync(readToken(header)).sub };
}
