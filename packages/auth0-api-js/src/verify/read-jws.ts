import { createRefusal } from '../errors.js';
import { decodeBase64url } from './decode-base64url.js';
import { readJsonObject, type JsonObject } from './read-json-object.js';

/** A JWS in compact form, taken apart. Nothing in it is verified. */
export interface Jws {
  readonly header: JsonObject;
  readonly payload: Buffer;
  /** The bytes that were signed: header and payload as they were sent. */
  readonly signedBytes: Buffer;
  readonly signature: Buffer;
}

/** The longest token that is looked at, in characters. Longer ones are refused before anything is decoded. */
export const longestToken = 16_384;

/** Takes a compact JWS apart (RFC 7515 sections 3.1 and 5.2), strictly: each token has exactly one spelling. */
export function readJws(token: string): Jws {
  if (token.length > longestToken) throw createRefusal('token_too_large');
  const first = token.indexOf('.');
  if (first === -1) throw createRefusal('token_opaque');
  const second = token.indexOf('.', first + 1);
  if (second === -1) throw createRefusal('token_malformed');
  if (token.includes('.', second + 1))
    throw createRefusal(hasFiveParts(token) ? 'token_encrypted' : 'token_malformed');

  const headerBytes = decodeBase64url(token.slice(0, first));
  const payload = decodeBase64url(token.slice(first + 1, second));
  const signature = decodeBase64url(token.slice(second + 1));
  if (!headerBytes || !payload || !signature) throw createRefusal('token_malformed');

  const header = readJsonObject(headerBytes);
  if (!header) throw createRefusal('header_malformed');
  return { header, payload, signedBytes: Buffer.from(token.slice(0, second), 'latin1'), signature };
}

/** A JWE in compact form has five parts (RFC 7516 section 3.1). */
function hasFiveParts(token: string): boolean {
  let dots = 0;
  for (let at = token.indexOf('.'); at !== -1 && dots < 5; at = token.indexOf('.', at + 1)) dots++;
  return dots === 4;
}
