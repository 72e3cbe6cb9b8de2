import { createProofRefusal } from '../../errors.js';
import { decodeBase64url } from '../../verify/decode-base64url.js';
import type { SignedParts } from '../../verify/is-signed-by.js';
import type { JsonObject } from '../../verify/read-json-object.js';
import { readJsonSegment } from '../../verify/read-json-segment.js';

/** A DPoP proof, taken apart. Nothing in it is verified, and its header is not read yet. */
export interface Proof extends SignedParts {
  /** The header as it was sent: the same text in every proof of most clients. */
  readonly headerText: string;
  readonly claims: JsonObject;
}

/** The longest proof that is looked at, in characters. One with a key of RSA and 4096 bits has about 2,000. */
const longestProof = 8192;

/**
 * Reads the one `DPoP` header line of a request (RFC 9449 section 4.3, items 1 and 2).
 *
 * @param lines - Every `DPoP` line. Node joins them with commas in `req.headers`, and no proof has one.
 * @throws InvalidDpopProofError: there is none, or more than one, or it is no JWT.
 */
export function readProof(lines: readonly string[]): Proof {
  const [text = ''] = lines;
  if (text === '') throw createProofRefusal('proof_missing');
  if (lines.length > 1) throw createProofRefusal('proof_multiple');
  if (text.length > longestProof) throw createProofRefusal('proof_too_large');
  if (text.includes(',')) throw createProofRefusal('proof_multiple');

  const first = text.indexOf('.');
  const second = text.indexOf('.', first + 1);
  if (first === -1 || second === -1) throw createProofRefusal('proof_malformed');
  const claims = readJsonSegment(text.slice(first + 1, second));
  const signature = decodeBase64url(text.slice(second + 1));
  if (!claims || !signature) throw createProofRefusal('proof_malformed');
  return { headerText: text.slice(0, first), claims, signedText: text.slice(0, second), signature };
}
