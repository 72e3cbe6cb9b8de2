import type { ApiClientOptions } from '@auth0/auth0-api-js';
import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';
import { claimsText, headerText, signRaw } from './bench.js';

/** Signs fast, and is imported fast, so that there can be any number of issuers. */
export const edKey: TestKey = createTestKey('Ed25519');

/** Any number of issuers over a `fetch` without a socket. */
export interface SeveralIssuers {
  readonly customFetch: NonNullable<ApiClientOptions['customFetch']>;
  /** Every URL asked for so far. */
  readonly requests: string[];
}

/**
 * Answers for every issuer that `jwksOf` knows keys of.
 *
 * @param jwksOf - The keys of an issuer; it may throw, and take its time.
 * @param nameOf - How its metadata names it.
 */
export function serveIssuers(
  jwksOf: (issuer: string) => readonly unknown[] | undefined | Promise<readonly unknown[]>,
  nameOf: (issuer: string) => unknown = (issuer) => issuer,
): SeveralIssuers {
  const requests: string[] = [];
  return {
    requests,
    customFetch: async (input) => {
      const url = input instanceof Request ? input.url : String(input);
      requests.push(url);
      const issuer = `${new URL(url).origin}/`;
      const keys = await jwksOf(issuer);
      if (keys === undefined) return Response.json(null, { status: 404 });
      return Response.json(
        url.endsWith('/keys') ? { keys } : { issuer: nameOf(issuer), jwks_uri: `${issuer}keys` },
      );
    },
  };
}

/** A good token of an issuer, by a key that all of them may have. */
export function tokenBy(
  iss: string,
  key: TestKey = edKey,
  claims: Readonly<Record<string, unknown>> = {},
): string {
  return signRaw(key, headerText(key), claimsText({ iss, ...claims }));
}
