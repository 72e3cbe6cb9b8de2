import { createRefusal } from '../errors.js';
import type { KnownHeaders } from './known-headers.js';
import type { TokenHeader } from './read-header.js';
import type { JsonObject } from './read-json-object.js';
import { readJsonSegment } from './read-json-segment.js';
import { splitJws, type Jws } from './split-jws.js';

/** A JWT, taken apart. Nothing in it is verified. */
export interface UnverifiedToken extends Omit<Jws, 'payloadText'> {
  /** The whole of it, as it was sent. */
  readonly text: string;
  readonly header: TokenHeader;
  readonly claims: JsonObject;
  /** Not known yet. Written out, so that none is found on the prototype of all objects. */
  readonly key: undefined;
}

/** Reads a compact JWS whose payload is a set of claims (RFC 7519 section 7.2). */
export function readToken(text: string, headers: KnownHeaders): UnverifiedToken {
  const { headerText, payloadText, signedText, signature } = splitJws(text);
  const header = headers.read(headerText);
  const claims = readJsonSegment(payloadText);
  if (!claims) throw createRefusal('token_malformed');
  return { text, headerText, signedText, signature, header, claims, key: undefined };
}
