import { hash } from 'node:crypto';
import { createProofRefusal, createRefusal } from '../../errors.js';
import { importPublicJwk } from '../../keys/import-key.js';
import { UnusableKeyError } from '../../keys/read-public-jwk.js';
import { isSignedBy } from '../../verify/is-signed-by.js';
import { isSameText } from '../is-same-text.js';
import type { Nonces } from '../nonce/nonces.js';
import type { UsedProof } from '../replay/replay-store.js';
import { checkProofClaims } from './check-proof-claims.js';
import type { ProofKey, ProofKeys } from './proof-keys.js';
import { readProof } from './read-proof.js';
import { readProofHeader, type ProofHeader } from './read-proof-header.js';

/** What any proof must be like. */
export interface ProofPolicy {
  /** The signature algorithms that are accepted. */
  readonly algorithms: ReadonlySet<string>;
  /** How long ago a proof may have been made, in seconds; with nonces they decide. */
  readonly iatOffset: number;
  /** How far the client's clock may be ahead, in seconds. */
  readonly iatLeeway: number;
  /** The nonces that a proof must have one of; none are asked for without. */
  readonly nonces: Nonces | undefined;
  readonly keys: ProofKeys;
  /** The clock to judge by, in milliseconds since 1970; the system's by default. */
  readonly now: (() => number) | undefined;
}

/** The request that a proof must have been made for. */
export interface ProofDemands {
  readonly method: string;
  /** In normal form, as `normalizeUrl()` answers it. */
  readonly url: string;
  /** The access token it came with; none where one is asked for. */
  readonly accessToken: string | undefined;
  /** The key that the token is bound to; any key where a token is to be bound to it. */
  readonly thumbprint: string | undefined;
}

/**
 * Checks a DPoP proof (RFC 9449 section 4.3): form, claims, key, signature. What costs least comes first, and the key is
 * that of the token before anything is done with it. Whether the proof was used before is for the replay store.
 *
 * @param lines - Every `DPoP` line of the request.
 * @throws InvalidDpopProofError, DpopNonceRequiredError: the proof does not do.
 * @throws VerifyAccessTokenError: it is good, as far as was looked, and the token is bound to another key.
 */
export function checkProof(lines: readonly string[], policy: ProofPolicy, demands: ProofDemands): UsedProof {
  const proof = readProof(lines);
  const known = policy.keys.get(proof.headerText);
  const header = known ?? readProofHeader(proof.headerText, policy.algorithms);
  const { jti, lifetimeSeconds, usableSince } = checkProofClaims(proof.claims, policy, demands);
  if (demands.thumbprint !== undefined && !isSameText(header.thumbprint, demands.thumbprint))
    throw createRefusal('dpop_binding_mismatch');
  const proofKey = known ?? importProofKey(header as ProofHeader);
  if (!isSignedBy(proofKey.key, proof, proofKey.alg)) throw createProofRefusal('proof_signature_invalid');
  if (known === undefined) policy.keys.remember(proof.headerText, proofKey);
  const { thumbprint } = proofKey;
  return { id: identify(thumbprint, demands.url, jti), client: thumbprint, lifetimeSeconds, usableSince };
}

function importProofKey({ alg, jwk, thumbprint }: ProofHeader): ProofKey {
  try {
    return { alg, thumbprint, key: importPublicJwk(jwk, undefined) };
  } catch (error) {
    if (error instanceof UnusableKeyError) throw createProofRefusal('proof_key_invalid');
    throw error;
  }
}

/** Neither a thumbprint nor a URL in normal form has a space in it, so that no two proofs are written alike. */
function identify(thumbprint: string, url: string, jti: string): string {
  return hash('sha256', `${thumbprint} ${url} ${jti}`, 'base64url');
}
