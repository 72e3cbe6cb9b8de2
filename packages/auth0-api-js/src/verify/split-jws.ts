import { createRefusal } from '../errors.js';
import { decodeBase64url } from './decode-base64url.js';

/** A JWS in compact form, taken apart. Nothing in it is verified, and neither header nor payload is read. */
export interface Jws {
  /** The header as it was sent: the same text in all tokens of a key. */
  readonly headerText: string;
  readonly payloadText: string;
  /** What was signed: header and payload as they were sent. */
  readonly signedText: string;
  readonly signature: Buffer;
}

/** The longest token that is looked at, in characters. Longer ones are refused before anything is decoded. */
export const longestToken = 16_384;

/** Takes a compact JWS apart (RFC 7515 sections 3.1 and 5.2), strictly: the bytes of a signature have one spelling. */
export function splitJws(token: string): Jws {
  if (token.length > longestToken) throw createRefusal('token_too_large');
  const first = token.indexOf('.');
  if (first === -1) throw createRefusal('token_opaque');
  const second = token.indexOf('.', first + 1);
  if (second === -1) throw createRefusal('token_malformed');
  if (token.includes('.', second + 1))
    throw createRefusal(hasFiveParts(token) ? 'token_encrypted' : 'token_malformed');

  const signature = decodeBase64url(token.slice(second + 1));
  if (!signature) throw createRefusal('token_malformed');
  return {
    headerText: token.slice(0, first),
    payloadText: token.slice(first + 1, second),
    signedText: token.slice(0, second),
    signature,
  };
}

/** A JWE in compact form has five parts (RFC 7516 section 3.1). */
function hasFiveParts(token: string): boolean {
  let dots = 0;
  for (let at = token.indexOf('.'); at !== -1 && dots < 5; at = token.indexOf('.', at + 1)) dots++;
  return dots === 4;
}
