import { memberOf, type JsonObject } from '../verify/read-json-object.js';

/** How Auth0 ends the subject of a token that no user has asked for. */
const clientSubject = '@clients';

/**
 * Tells whether a token speaks for an application alone, and for no user: it comes from the client credentials grant
 * (RFC 6749 section 4.4). Its `sub` is then no user id, and must not be taken for one (RFC 9068 section 5).
 *
 * It is told by `gty` where the issuer writes it, by a `sub` that ends with `@clients`, and by a `sub` that is the client's
 * own id (RFC 9068 section 2.2). It does not check the token: give it verified claims.
 */
export function isClientToken(claims: JsonObject): boolean {
  const subject = memberOf(claims, 'sub');
  if (memberOf(claims, 'gty') === 'client-credentials') return true;
  if (typeof subject !== 'string' || subject === '') return false;
  if (subject.endsWith(clientSubject)) return true;
  return ['client_id', 'azp'].some((name) => memberOf(claims, name) === subject);
}
