import { createRefusal } from '../errors.js';
import type { Presented } from '../binding/presented.js';
import { whenReady } from '../when-ready.js';
import { memberOf, type JsonObject } from './read-json-object.js';
import type { TrustedIssuer, TrustedIssuers } from './trusted-issuers.js';

/** Finds the one issuer whose keys may have signed the token: `iss` names it exactly (RFC 7519 section 4.1.1). */
export function resolveIssuer(
  claims: JsonObject,
  trusted: TrustedIssuers,
  presented: Presented,
): TrustedIssuer | Promise<TrustedIssuer> {
  const issuer = memberOf(claims, 'iss');
  if (issuer === undefined) throw createRefusal('issuer_missing');
  if (typeof issuer !== 'string') throw createRefusal('issuer_mismatch');
  return whenReady(trusted.find(issuer, presented), (found) => {
    if (found === undefined) throw createRefusal('issuer_mismatch');
    return found;
  });
}
