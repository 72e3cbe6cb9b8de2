import { createRefusal } from '../errors.js';
import type { KeySource } from '../keys/issuer-keys.js';
import { memberOf, type JsonObject } from './read-json-object.js';

/** An issuer this API trusts. */
export interface TrustedIssuer {
  /** The issuer identifier, exactly as tokens must name it. */
  readonly issuer: string;
  readonly keys: KeySource;
}

/** Finds the one issuer whose keys may have signed the token: `iss` names it exactly (RFC 7519 section 4.1.1). */
export function resolveIssuer(claims: JsonObject, trusted: TrustedIssuer): TrustedIssuer {
  const issuer = memberOf(claims, 'iss');
  if (issuer === undefined) throw createRefusal('issuer_missing');
  if (issuer !== trusted.issuer) throw createRefusal('issuer_mismatch');
  return trusted;
}
