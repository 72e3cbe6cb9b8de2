import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  EmbeddedJWK,
  jwtVerify,
  type JWK,
} from 'jose';
import * as oauth from 'oauth4webapi';
import { ApiClient } from '@auth0/auth0-api-js';
import {
  badProofs,
  createDpopClient,
  createTestIssuer,
  type BadProofName,
  type DpopClient,
} from '@auth0/auth0-api-js/testing';
import { describe, expect, it } from 'vitest';
import { algorithms } from '../../src/verify/algorithms.js';
import { reasonOf } from '../support/reason-of.js';

const issuer = await createTestIssuer();
const { domain, audience, fetch: customFetch } = issuer;
const url = 'https://api.test/orders?a=b#c';

const clientFor = (algorithm: string): ApiClient =>
  new ApiClient({ domain, audience, customFetch, dpop: { algorithms: [algorithm] }, onEvent: () => {} });

/** What becomes of a proof. */
const judge = (by: ApiClient, accessToken: string, dpopProof: string, httpMethod = 'GET'): Promise<string> =>
  reasonOf(by, accessToken, { scheme: 'DPoP', dpopProof, httpMethod, httpUrl: url });

/** What oauth4webapi says of a request. */
async function askOracle(accessToken: string, proof: string, method = 'GET'): Promise<string> {
  const server = { issuer: issuer.issuer, jwks_uri: `${issuer.issuer}.well-known/jwks.json` };
  const headers = { authorization: `DPoP ${accessToken}`, dpop: proof };
  try {
    const request = new Request(url, { method, headers });
    await oauth.validateJwtAccessToken(server, request, audience, {
      [oauth.customFetch]: (input: string) => customFetch(input),
    } as oauth.ValidateJWTAccessTokenOptions);
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
}

/** A token that oauth4webapi takes, too: of the type of RFC 9068, with the claims it asks for. */
const strictToken = ({ thumbprint: jkt }: DpopClient): string =>
  issuer.accessToken({ cnf: { jkt }, client_id: 'app' }, { typ: 'at+jwt' });

describe('createDpopClient', () => {
  it.each([...algorithms.keys()])('makes proofs with %s that jose accepts', async (algorithm) => {
    const client = createDpopClient({ algorithm });
    const accessToken = issuer.boundToken(client);
    const proof = client.proof({ url, accessToken });
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: [algorithm],
      requiredClaims: ['jti', 'htm', 'htu', 'iat', 'ath'],
    });
    expect(payload).toMatchObject({ htm: 'GET', htu: 'https://api.test/orders' });
    expect(await calculateJwkThumbprint(protectedHeader.jwk as JWK)).toBe(client.thumbprint);
    expect(await judge(clientFor(algorithm), accessToken, proof)).toBe('accepted');
  });

  it('makes proofs and tokens that oauth4webapi accepts, for each method', async () => {
    const client = createDpopClient();
    const accessToken = strictToken(client);
    for (const method of ['GET', 'POST', 'DELETE'])
      expect(await askOracle(accessToken, client.proof({ method, url, accessToken }), method)).toBe(
        'accepted',
      );
  });

  it('says in the header the public members of its key, and no others', () => {
    const client = createDpopClient();
    const { jwk, ...others } = decodeProtectedHeader(client.proof({ url })) as { jwk: object };
    expect(Object.keys(jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
    expect(others).toEqual({ typ: 'dpop+jwt', alg: 'ES256' });
  });

  it('has a key of its own, and another jti in every proof', () => {
    const [one, other] = [createDpopClient(), createDpopClient()];
    expect(one.thumbprint).toMatch(/^[\w-]{43}$/);
    expect(one.thumbprint).not.toBe(other.thumbprint);
    const ids = Array.from({ length: 20 }, () => decodeJwt(one.proof({ url })).jti);
    expect(new Set(ids).size).toBe(20);
  });

  it('says nothing of a token or a nonce where there is none, and else what is given', () => {
    const client = createDpopClient();
    expect(Object.keys(decodeJwt(client.proof({ url }))).sort()).toEqual(['htm', 'htu', 'iat', 'jti']);
    expect(decodeJwt(client.proof({ url, method: 'PUT', nonce: 'n' }))).toMatchObject({
      htm: 'PUT',
      nonce: 'n',
    });
    expect(decodeJwt(client.proof({ url }, { jti: 'mine', htm: undefined }))).not.toHaveProperty('htm');
    expect(decodeProtectedHeader(client.proof({ url }, {}, { kid: 'k', typ: undefined }))).not.toHaveProperty(
      'typ',
    );
  });

  it('makes the headers of a request', async () => {
    const client = createDpopClient();
    const accessToken = issuer.boundToken(client);
    const { authorization, dpop, ...others } = client.headers({ url, accessToken });
    expect([authorization, others]).toEqual([`DPoP ${accessToken}`, {}]);
    expect(await judge(clientFor('ES256'), accessToken, dpop)).toBe('accepted');
  });

  it('refuses what it does not know', () => {
    expect(() => createDpopClient({ algorithm: 'HS256' })).toThrow("'algorithm' must be one of RS256");
    expect(() => createDpopClient({ algoritm: 'ES256' } as object)).toThrow("Did you mean 'algorithm'?");
    const client = createDpopClient();
    expect(() => client.badProof('toString' as BadProofName, { url })).toThrow('bad proof');
  });
});

describe('badProofs', () => {
  const names = Object.keys(badProofs) as BadProofName[];
  const client = createDpopClient();

  it.each(names)('has %s, which is refused for its reason', async (name) => {
    const { reason } = badProofs[name];
    const accessToken = issuer.boundToken(client);
    expect(await judge(clientFor('ES256'), accessToken, client.badProof(name, { url, accessToken }))).toBe(
      reason,
    );
    const post = { method: 'POST', url, accessToken };
    expect(await judge(clientFor('ES256'), accessToken, client.badProof(name, post), 'POST')).toBe(reason);
  });

  it.each(names)('has %s, which oauth4webapi refuses as well', async (name) => {
    const accessToken = strictToken(client);
    expect(await askOracle(accessToken, client.badProof(name, { url, accessToken }))).not.toBe('accepted');
    expect(await askOracle(accessToken, client.proof({ url, accessToken }))).toBe('accepted');
  });

  it.each(names)('has %s for whoever signs with something else', async (name) => {
    const other = createDpopClient({ algorithm: 'Ed25519' });
    const accessToken = issuer.boundToken(other);
    expect(await judge(clientFor('Ed25519'), accessToken, other.badProof(name, { url, accessToken }))).toBe(
      badProofs[name].reason,
    );
  });

  it('has the method of another request, whichever it is', () => {
    const htm = (method: string): unknown =>
      decodeJwt(client.badProof('wrong-method', { method, url }))['htm'];
    expect([htm('DELETE'), htm('GET')]).toEqual(['GET', 'DELETE']);
  });
});
