import { ApiClient, AuthError, type ApiClientOptions, type Auth0ApiEvent } from '@auth0/auth0-api-js';
import { createTestIssuer, type TestIssuer } from '@auth0/auth0-api-js/testing';
import { keyThumbprint } from '../../src/binding/dpop/key-thumbprint.js';
import { readPublicJwk } from '../../src/keys/read-public-jwk.js';
import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';
import { proofClaims } from '../../src/testing/mint-proof.js';
import type { TokenClaims } from '../../src/testing/mint-token.js';
import { signRaw } from './bench.js';

/** The request that proofs are for unless a test says otherwise. */
export const url = 'https://api.test/orders';

/** The key of a client, for proofs that tests sign themselves. */
export const proofKey: TestKey = createTestKey('ES256');

/** A public key as proofs have it. */
export function jwkOf(key: TestKey): Record<string, string> {
  return { ...readPublicJwk(key.publicJwk).members };
}

/** The thumbprint of a key, good or bad (RFC 7638). */
export function thumbprintOf(members: Readonly<Record<string, string>>): string {
  return keyThumbprint(members);
}

/** The text of a good header, with members to add, replace or (undefined) leave out. */
export function proofHeader(members: Readonly<Record<string, unknown>> = {}, key = proofKey): string {
  return JSON.stringify({ typ: 'dpop+jwt', alg: key.alg, jwk: jwkOf(key), ...members });
}

/** The text of good claims for a GET of the URL above, with members to add, replace or (undefined) leave out. */
export function proofPayload(accessToken: string, members: TokenClaims = {}): string {
  return JSON.stringify(proofClaims({ url, accessToken }, members));
}

/** A proof by the key above, with claims and header members to add, replace or (undefined) leave out. */
export function proofFor(
  accessToken: string,
  claims: TokenClaims = {},
  header: Readonly<Record<string, unknown>> = {},
): string {
  return signRaw(proofKey, proofHeader(header), proofPayload(accessToken, claims));
}

/** What of a request a test changes. Nothing is sent for what is `undefined`. */
export interface Sent {
  readonly scheme?: string;
  readonly httpMethod?: string | undefined;
  readonly httpUrl?: string | undefined;
}

/** A client, its issuer, and what happened. */
export interface ProofBench {
  readonly client: ApiClient;
  readonly issuer: TestIssuer;
  readonly events: Auth0ApiEvent[];
  /** Every URL asked for so far. */
  readonly requests: string[];
  /** Sends a token with a proof, and says what becomes of it: the reason of a refusal, or `accepted`. */
  judge(accessToken: string, dpopProof: string | undefined, sent?: Sent): Promise<string>;
  /** The same for a request that must be refused: the refusal. */
  refuse(accessToken: string, dpopProof: string | undefined, sent?: Sent): Promise<AuthError>;
}

const sharedIssuer = await createTestIssuer();

/** Makes a client for tokens that are bound to keys. */
export function createProofBench(options: Partial<ApiClientOptions> = {}): ProofBench {
  const issuer = sharedIssuer;
  const events: Auth0ApiEvent[] = [];
  const requests: string[] = [];
  const client = new ApiClient({
    domain: issuer.domain,
    audience: issuer.audience,
    customFetch: (input, init) => {
      requests.push(input instanceof Request ? input.url : String(input));
      return issuer.fetch(input, init);
    },
    onEvent: (event) => events.push(event),
    ...options,
  });
  const send: (...request: Parameters<ProofBench['judge']>) => Promise<AuthError | undefined> = async (
    accessToken,
    dpopProof,
    sent = {},
  ) => {
    const { scheme = 'DPoP', httpMethod = 'GET', httpUrl = url } = sent;
    try {
      await client.verifyAccessToken({
        accessToken,
        scheme,
        ...(dpopProof !== undefined && { dpopProof }),
        ...(!('httpMethod' in sent && sent.httpMethod === undefined) && { httpMethod }),
        ...(!('httpUrl' in sent && sent.httpUrl === undefined) && { httpUrl }),
      });
      return undefined;
    } catch (error) {
      if (error instanceof AuthError) return error;
      throw error;
    }
  };
  return {
    client,
    issuer,
    events,
    requests,
    judge: async (...request) => (await send(...request))?.reason ?? 'accepted',
    refuse: async (...request) => {
      const refusal = await send(...request);
      if (refusal === undefined) throw new Error('The request was accepted');
      return refusal;
    },
  };
}

/** The issuer of all these tokens. */
export const proofIssuer: TestIssuer = sharedIssuer;

/** A token that is bound to the key above, with more claims. */
export function boundToken(claims: TokenClaims = {}): string {
  return proofIssuer.boundToken({ thumbprint: thumbprintOf(jwkOf(proofKey)) }, claims);
}
