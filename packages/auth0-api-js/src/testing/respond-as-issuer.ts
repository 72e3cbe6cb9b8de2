import type { PublicJwk } from './create-test-key.js';

/** What an issuer answers, in plain data. */
export interface IssuerResponse {
  readonly status: number;
  readonly body: unknown;
}

/** What an issuer is asked about: itself and its keys at the moment. */
export interface IssuerState {
  readonly issuer: string;
  readonly keys: readonly PublicJwk[];
}

const metadataPaths: ReadonlySet<string> = new Set([
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
]);

/** Where an issuer publishes its keys. */
export const keysPath = '/.well-known/jwks.json';

/** Answers for the metadata of an issuer (RFC 8414, OpenID Connect Discovery) and its key set (RFC 7517). */
export function respondAsIssuer(pathname: string, { issuer, keys }: IssuerState): IssuerResponse {
  if (pathname === keysPath) return { status: 200, body: { keys } };
  if (!metadataPaths.has(pathname)) return { status: 404, body: { error: 'not_found' } };
  const algorithms = [...new Set(keys.map((key) => key.alg))];
  const jwksUri = new URL(keysPath, issuer).href;
  const metadata = { issuer, jwks_uri: jwksUri, id_token_signing_alg_values_supported: algorithms };
  return { status: 200, body: metadata };
}
