import { InvalidRequestError, createRefusal } from '../errors.js';
import { descriptions } from '../reasons.js';

/** What a request presents. */
export interface Credentials {
  readonly token: string;
}

/** The scheme in any case, one space or more (RFC 9110 section 11.4), and a token without spaces. */
const bearerCredentials = /^bearer +([^ ]+)$/i;

/**
 * Reads the `Authorization` header (RFC 9110 section 11.6.2, RFC 6750 section 2.1).
 *
 * @param authorization - Every `Authorization` line of the request. Node keeps only the first in `req.headers`, so
 * they must come from `rawHeaders` or `headersDistinct`.
 * @throws VerifyAccessTokenError without a message: no token, or several, or another scheme.
 * @throws InvalidRequestError: more than one line.
 */
export function readCredentials(authorization: readonly string[]): Credentials {
  if (authorization.length > 1) {
    throw new InvalidRequestError(descriptions.credentials_ambiguous, { reason: 'credentials_ambiguous' });
  }
  const token = bearerCredentials.exec(authorization[0] ?? '')?.[1];
  if (token === undefined) throw createRefusal('credentials_missing');
  return { token };
}
