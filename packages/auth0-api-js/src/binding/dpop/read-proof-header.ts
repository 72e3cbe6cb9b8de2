import { createProofRefusal } from '../../errors.js';
import { readPublicJwk, UnusableKeyError, type PublicJwk } from '../../keys/read-public-jwk.js';
import { memberOf, type JsonObject } from '../../verify/read-json-object.js';
import { readJsonSegment } from '../../verify/read-json-segment.js';
import { keyThumbprint } from './key-thumbprint.js';

/** Who says to have made a proof, and how. */
export interface ProofHeader {
  readonly alg: string;
  readonly jwk: PublicJwk;
  /** The thumbprint of that key (RFC 7638). */
  readonly thumbprint: string;
}

/** Members that change what the rest of a JWS means. */
const extensionMembers = ['crit', 'b64', 'enc', 'zip'] as const;

/**
 * Reads the header of a DPoP proof (RFC 9449 section 4.3, items 4, 5 and 7): type, algorithm, public key. `typ` has the
 * one spelling of the RFC. Members that it does not name are ignored; `x5c`, `x5u` and `jku` are never read.
 *
 * @throws InvalidDpopProofError: one of them is missing or not accepted.
 */
export function readProofHeader(text: string, algorithms: ReadonlySet<string>): ProofHeader {
  const header = readJsonSegment(text);
  if (!header || extensionMembers.some((name) => Object.hasOwn(header, name)))
    throw createProofRefusal('proof_malformed');
  if (memberOf(header, 'typ') !== 'dpop+jwt') throw createProofRefusal('proof_type_not_accepted');
  const alg = memberOf(header, 'alg');
  if (typeof alg !== 'string' || !algorithms.has(alg))
    throw createProofRefusal('proof_algorithm_not_allowed');
  const jwk = readKey(header);
  if (!jwk.algorithms.has(alg)) throw createProofRefusal('proof_key_invalid');
  return { alg, jwk, thumbprint: keyThumbprint(jwk.members) };
}

function readKey(header: JsonObject): PublicJwk {
  try {
    return readPublicJwk(memberOf(header, 'jwk'));
  } catch (error) {
    if (error instanceof UnusableKeyError) throw createProofRefusal('proof_key_invalid');
    throw error;
  }
}
