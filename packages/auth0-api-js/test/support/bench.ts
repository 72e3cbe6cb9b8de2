import { createHmac } from 'node:crypto';
import { ApiClient, type ApiClientOptions, type Auth0ApiEvent } from '@auth0/auth0-api-js';
import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';

/** The issuer of tokens that tests sign themselves. */
export const issuer = 'https://issuer.test/';
export const audience = 'https://api.example.com';

/** Base64url of a text or some bytes. */
export function segment(content: string | Uint8Array): string {
  return Buffer.from(content).toString('base64url');
}

/** Signs a header and a payload exactly as they are given, well-formed or not. */
export function signRaw(key: TestKey, header: string | Uint8Array, payload: string | Uint8Array): string {
  const signingInput = `${segment(header)}.${segment(payload)}`;
  return `${signingInput}.${segment(key.sign(signingInput))}`;
}

/** Signs claims with HS256 and a secret. */
export function signWithSecret(secret: string | Uint8Array, payload: string, header: object = {}): string {
  const signingInput = `${segment(JSON.stringify({ alg: 'HS256', typ: 'at+jwt', ...header }))}.${segment(payload)}`;
  return `${signingInput}.${createHmac('sha256', secret).update(signingInput).digest('base64url')}`;
}

/** The text of a good header, with members to add or replace. */
export function headerText(key: TestKey, members: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ alg: key.alg, typ: 'at+jwt', kid: key.kid, ...members });
}

/** The text of good claims, with members to add, replace or (undefined) leave out. */
export function claimsText(members: Readonly<Record<string, unknown>> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  return JSON.stringify({
    iss: issuer,
    aud: audience,
    sub: 'auth0|abc',
    iat: now,
    exp: now + 600,
    ...members,
  });
}

/** A client that takes its keys from a key set given here, and what happened to it. */
export interface Bench {
  readonly client: ApiClient;
  /** Every event so far. */
  readonly events: Auth0ApiEvent[];
  /** Every URL asked for so far. */
  readonly requests: string[];
}

/** Makes a client whose issuer publishes these keys, over a `fetch` without a socket. */
export function createBench(keys: readonly unknown[], options: Partial<ApiClientOptions> = {}): Bench {
  const events: Auth0ApiEvent[] = [];
  const requests: string[] = [];
  const documents: Readonly<Record<string, unknown>> = {
    [`${issuer}.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}keys` },
    [`${issuer}keys`]: { keys },
  };
  const client = new ApiClient({
    domain: 'issuer.test',
    audience,
    customFetch: async (input) => {
      const url = input instanceof Request ? input.url : String(input);
      requests.push(url);
      return Response.json(documents[url] ?? null, { status: url in documents ? 200 : 404 });
    },
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { client, events, requests };
}

/** One RSA key for all tests that need any: generating them is slow. */
export const rsaKey: TestKey = createTestKey('RS256');
