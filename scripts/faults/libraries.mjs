import { ApiClient } from '@auth0/auth0-api-js';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import jwksRsa from 'jwks-rsa';

/** The libraries that are measured side by side. Each is made for one issuer, and answers whether a token is good. */
export const libraries = {
  ours: createOurs,
  jose: createJose,
  'jwks-rsa': (settings) => createJwksRsa(settings, {}),
  'jwks-rsa, all on': (settings) =>
    createJwksRsa(settings, { cache: true, rateLimit: true, cacheMaxAgeFallback: 3_600_000 }),
};

/** @param {{ options?: object, onEvent?: (event: object) => void }} settings */
function createOurs({ domain, audience, options = {}, onEvent = () => {} }) {
  const client = new ApiClient({ domain, audience, onEvent, ...options });
  return (accessToken) => client.verifyAccessToken({ accessToken });
}

function createJose({ issuer, audience, jwksUri }) {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  return (token) => jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'] });
}

/** jwks-rsa finds the key, jsonwebtoken verifies: the pair that the documentation of both shows. */
function createJwksRsa({ issuer, audience, jwksUri }, options) {
  const client = jwksRsa({ jwksUri, ...options });
  const findKey = ({ kid }, callback) =>
    client.getSigningKey(kid, (error, key) => callback(error, key?.getPublicKey()));
  return (token) =>
    new Promise((resolve, reject) => {
      jsonwebtoken.verify(token, findKey, { issuer, audience, algorithms: ['RS256'] }, (error, claims) =>
        error ? reject(error) : resolve(claims),
      );
    });
}
