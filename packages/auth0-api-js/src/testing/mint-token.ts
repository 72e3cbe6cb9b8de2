import { randomUUID } from 'node:crypto';
import type { TestKey } from './create-test-key.js';

/** Claims to put into a token. A claim that is `undefined` is left out, also one the token would have by itself. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** What a token says unless its claims say otherwise. */
export interface TokenDefaults {
  readonly issuer: string;
  readonly audience: string;
  readonly lifetimeSeconds: number;
}

/** How a token is to be made. */
export interface TokenRecipe {
  readonly claims: TokenClaims;
  /** Members to put into the protected header, over `alg`, `typ` and `kid`. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/** The claims of a good access token, with the given ones over them. */
export function accessTokenClaims(defaults: TokenDefaults, claims: TokenClaims): TokenClaims {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: defaults.issuer,
    sub: 'auth0|test-user',
    aud: defaults.audience,
    iat: now,
    exp: now + defaults.lifetimeSeconds,
    jti: randomUUID(),
    azp: 'test-client',
    ...claims,
  };
}

/** Signs a token: a compact JWS (RFC 7515 section 3.1). */
export function mintToken(key: TestKey, { claims, header = {} }: TokenRecipe): string {
  const signingInput = `${encode({ alg: key.alg, typ: 'JWT', kid: key.kid, ...header })}.${encode(claims)}`;
  return `${signingInput}.${key.sign(signingInput).toString('base64url')}`;
}

/** One segment of a token. */
export function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
