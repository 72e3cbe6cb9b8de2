import { createRefusal } from '../errors.js';
import { readJsonObject, type JsonObject } from './read-json-object.js';
import { readJws, type Jws } from './read-jws.js';

/** A JWT, taken apart. Nothing in it is verified. */
export interface UnverifiedToken extends Jws {
  readonly claims: JsonObject;
}

/** Reads a compact JWS whose payload is a set of claims (RFC 7519 section 7.2). */
export function readToken(token: string): UnverifiedToken {
  const jws = readJws(token);
  const claims = readJsonObject(jws.payload);
  if (!claims) throw createRefusal('token_malformed');
  return { ...jws, claims };
}
