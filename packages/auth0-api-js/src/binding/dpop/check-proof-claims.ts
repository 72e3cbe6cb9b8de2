import { hash } from 'node:crypto';
import { wallSeconds } from '../../clock.js';
import { createProofRefusal, DpopNonceRequiredError, InvalidDpopProofError } from '../../errors.js';
import { descriptions } from '../../reasons.js';
import { memberOf, type JsonObject } from '../../verify/read-json-object.js';
import { isSameText } from '../is-same-text.js';
import type { ProofDemands, ProofPolicy } from './check-proof.js';
import { normalizeUrl } from './normalize-url.js';

/** How far the clocks of processes that share a store may be apart, in seconds. */
const skewSeconds = 5;

/** When a proof is good, for the store that remembers it. */
export interface ProofTimes {
  /** For how long from now it could be accepted again, in seconds. */
  readonly lifetimeSeconds: number;
  /** The earliest moment at which it can have been used before, in seconds since 1970. */
  readonly usableSince: number;
}

/** What the claims of a good proof say. */
export interface ProofFacts extends ProofTimes {
  readonly jti: string;
}

/**
 * Checks what a proof says of the request it came with (RFC 9449 section 4.3, items 3 and 8 to 12). The key and the
 * signature are not looked at.
 *
 * @throws InvalidDpopProofError: a claim is missing, malformed, or of another request.
 * @throws DpopNonceRequiredError: nonces are asked for, and it has none that was given out lately.
 */
export function checkProofClaims(
  claims: JsonObject,
  policy: ProofPolicy,
  { method, url, accessToken }: ProofDemands,
): ProofFacts {
  const jti = readText(claims, 'jti');
  if (readText(claims, 'htm') !== method) throw createProofRefusal('proof_method_mismatch');
  const htu = readText(claims, 'htu');
  if (htu !== url && normalizeUrl(htu) !== url) throw urlMismatch(url);
  const issuedAt = readTime(claims, 'iat');
  if (accessToken !== undefined) checkAccessToken(readText(claims, 'ath'), accessToken);
  const now = wallSeconds(policy.now);
  checkBounds(claims, now, policy.iatLeeway);
  return {
    jti,
    ...(policy.nonces === undefined ? checkAge(issuedAt, now, policy) : checkNonce(claims, now, policy)),
  };
}

/** Whoever sets the API up behind a proxy has to see what the API takes itself for. */
function urlMismatch(expectedUrl: string): InvalidDpopProofError {
  const reason = 'proof_url_mismatch';
  return new InvalidDpopProofError(descriptions[reason], { reason, expectedUrl });
}

/** The token is the one that the proof was made for (RFC 9449 section 4.2, `ath`). */
function checkAccessToken(ath: string, accessToken: string): void {
  if (!isSameText(ath, hash('sha256', accessToken, 'base64url')))
    throw createProofRefusal('proof_token_mismatch');
}

/** Claims of any JWT, which a proof need not have. */
function checkBounds(claims: JsonObject, now: number, leeway: number): void {
  const expiry = Object.hasOwn(claims, 'exp') ? readTime(claims, 'exp') : Infinity;
  const notBefore = Object.hasOwn(claims, 'nbf') ? readTime(claims, 'nbf') : now;
  if (now >= expiry + leeway || notBefore > now + leeway) throw createProofRefusal('proof_time_not_accepted');
}

function checkAge(issuedAt: number, now: number, { iatOffset, iatLeeway }: ProofPolicy): ProofTimes {
  if (issuedAt < now - iatOffset || issuedAt > now + iatLeeway)
    throw createProofRefusal('proof_time_not_accepted');
  return { lifetimeSeconds: iatOffset + iatLeeway + skewSeconds, usableSince: issuedAt - iatLeeway };
}

/** A nonce tells the age by our own clock, whatever the client's says (RFC 9449 section 4.3, item 11). */
function checkNonce(claims: JsonObject, now: number, policy: ProofPolicy): ProofTimes {
  const { nonces, iatOffset, iatLeeway } = policy;
  const window = nonces?.find(memberOf(claims, 'nonce'));
  if (window === undefined) throw new DpopNonceRequiredError();
  return {
    // Another process of the fleet may not ask for nonces yet, or any more.
    lifetimeSeconds: Math.max(window.acceptedUntil - now, iatOffset + iatLeeway) + skewSeconds,
    usableSince: window.givenSince - skewSeconds,
  };
}

function readText(claims: JsonObject, name: string): string {
  const value = memberOf(claims, name);
  if (typeof value === 'string' && value !== '') return value;
  throw createProofRefusal('proof_claim_invalid', `"${name}" claim must be a string`);
}

function readTime(claims: JsonObject, name: string): number {
  const value = memberOf(claims, name);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw createProofRefusal('proof_claim_invalid', `"${name}" claim must be a number`);
}
