import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { ApiClient } from '@auth0/auth0-api-js';
import { authenticate } from '@auth0/auth0-api-js/adapter';
import { createDpopClient, createTestIssuer } from '@auth0/auth0-api-js/testing';
import { auth } from 'express-oauth2-jwt-bearer';
import * as oauth from 'oauth4webapi';

const url = 'https://api.example.com/orders';
const method = 'GET';

/**
 * Prepares what is measured. Each contender makes the items that it verifies beforehand, each with a proof that no other
 * has, and verifies one at a time; what is wrong throws.
 */
export async function createContenders() {
  const issuer = await createTestIssuer({ port: 0 });
  const client = createDpopClient();
  const bind = (jti) =>
    issuer.accessToken({ client_id: 'a-client', jti, cnf: { jkt: client.thumbprint } }, { typ: 'at+jwt' });
  const token = bind('a token');
  const prove = (accessToken) => client.proof({ url, method, accessToken });
  const api = new ApiClient({
    issuers: [{ issuer: issuer.issuer, jwks: { keys: issuer.keys } }],
    audience: issuer.audience,
    dpop: {},
  });
  const request = { url, headers: {} };
  const credentials = (accessToken) => ({
    authorization: [`DPoP ${accessToken}`],
    proofs: [prove(accessToken)],
    method,
    request,
  });
  const ours = (item) => authenticate(api, item);

  return {
    contenders: [
      { name: 'OpenSSL alone: proof and token', ...createBare(issuer, token, () => prove(token)) },
      { name: 'ours, a token seen before', create: () => credentials(token), run: ours },
      {
        name: 'ours, a token never seen before',
        create: (number) => credentials(bind(`token ${number}`)),
        run: ours,
      },
      {
        name: 'express-oauth2-jwt-bearer',
        ...createJwtBearer(issuer, () => ({ authorization: `DPoP ${token}`, dpop: prove(token) })),
      },
      {
        name: 'oauth4webapi',
        ...createOauth4webapi(issuer, () => ({ authorization: `DPoP ${token}`, dpop: prove(token) })),
      },
    ],
    close: async () => {
      api.close();
      await issuer.close();
    },
  };
}

/** The least there is to do: both signatures, with keys and bytes that are ready. */
function createBare(issuer, token, prove) {
  const tokenKey = createPublicKey({ key: issuer.keys[0], format: 'jwk' });
  const { jwk } = JSON.parse(Buffer.from(prove().split('.')[0], 'base64url').toString());
  const proofKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
  const signedToken = readSigned(token);
  return {
    create: () => readSigned(prove()),
    run: (proof) => {
      const isGood =
        verify('sha256', proof.bytes, proofKey, proof.signature) &&
        verify('sha256', signedToken.bytes, tokenKey, signedToken.signature);
      assert.ok(isGood);
    },
  };
}

function readSigned(jws) {
  const end = jws.lastIndexOf('.');
  return { bytes: Buffer.from(jws.slice(0, end)), signature: Buffer.from(jws.slice(end + 1), 'base64url') };
}

/** Its middleware, with a request that has all that it reads. */
function createJwtBearer({ domain, audience }, createHeaders) {
  const middleware = auth({ issuerBaseURL: domain, audience, dpop: { enabled: true } });
  const { protocol, host, pathname } = new URL(url);
  const base = {
    method,
    protocol: protocol.slice(0, -1),
    host,
    originalUrl: pathname,
    query: {},
    is: () => false,
  };
  return {
    create: () => {
      const headers = { host, ...createHeaders() };
      return { ...base, headers, get: (name) => headers[name.toLowerCase()] };
    },
    run: (req) =>
      new Promise((resolve, reject) => {
        void middleware(req, {}, (error) => (error === undefined ? resolve() : reject(error)));
      }),
  };
}

function createOauth4webapi({ issuer, audience, domain }, createHeaders) {
  const server = { issuer, jwks_uri: `${domain}/.well-known/jwks.json` };
  const options = { requireDPoP: true, [oauth.allowInsecureRequests]: true };
  return {
    create: () => new Request(url, { headers: createHeaders() }),
    run: (request) => oauth.validateJwtAccessToken(server, request, audience, options),
  };
}
