import { createRefusal } from '../errors.js';
import { isJsonObject, type JsonObject } from '../verify/read-json-object.js';

/**
 * Checks that a token sent as a plain Bearer may be used by its bearer. A token that is bound to a key (RFC 9449
 * section 6.1) or to a client certificate (RFC 8705 section 3.1) is worth nothing without the proof, so a thief who
 * sends it without one is refused. Other confirmation methods are ignored (RFC 7800 section 3.1).
 */
export function checkBearerBinding(claims: JsonObject): void {
  if (!Object.hasOwn(claims, 'cnf')) return;
  const confirmation = claims['cnf'];
  if (!isJsonObject(confirmation)) throw createRefusal('confirmation_invalid');
  if (Object.hasOwn(confirmation, 'jkt')) throw createRefusal('dpop_bound_token');
  if (Object.hasOwn(confirmation, 'x5t#S256')) throw createRefusal('certificate_bound_token');
}
