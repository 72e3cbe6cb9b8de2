import { createHash, randomUUID } from 'node:crypto';
import type { TestKey } from './create-test-key.js';
import { encode, type TokenClaims } from './mint-token.js';

/** The request that a proof is made for. */
export interface ProofRequest {
  /** As it is sent; `GET` by default. */
  method?: string;
  /** The whole URL; query and fragment are left out of the proof. */
  url: string;
  /** The access token that the request carries; none at a token endpoint. */
  accessToken?: string;
  /** The nonce of the last `DPoP-Nonce` header. */
  nonce?: string;
}

/** What is signed, and what says how. */
export interface ProofRecipe {
  readonly claims: TokenClaims;
  /** Members of the header, over `typ`, `alg` and `jwk`; one that is `undefined` is left out. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/** The claims of a good proof (RFC 9449 section 4.2), with the given ones over them. */
export function proofClaims(
  { method = 'GET', url, accessToken, nonce }: ProofRequest,
  claims: TokenClaims,
): TokenClaims {
  return {
    jti: randomUUID(),
    htm: method,
    htu: url.split(/[?#]/, 1)[0],
    iat: Math.floor(Date.now() / 1000),
    ath: accessToken === undefined ? undefined : hashToken(accessToken),
    nonce,
    ...claims,
  };
}

/** Signs a proof. */
export function mintProof(key: TestKey, { claims, header = {} }: ProofRecipe): string {
  const { kid: _kid, use: _use, alg: _alg, ...jwk } = key.publicJwk;
  const signingInput = `${encode({ typ: 'dpop+jwt', alg: key.alg, jwk, ...header })}.${encode(claims)}`;
  return `${signingInput}.${key.sign(signingInput).toString('base64url')}`;
}

/** What a proof says of the token it goes with (RFC 9449 section 4.2, `ath`). */
function hashToken(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('base64url');
}
