import type { DpopPolicyMode } from '../binding/binding-policy.js';
import type { Scheme } from '../binding/presented.js';
import { InvalidRequestError, createRefusal } from '../errors.js';
import { descriptions } from '../reasons.js';
import { detachText } from './detach-text.js';

/** What a request presents. */
export interface Credentials {
  readonly scheme: Scheme;
  readonly token: string;
}

const space = 0x20;

/** The schemes that are spoken, by what becomes of DPoP. */
export const spokenSchemes: Readonly<Record<DpopPolicyMode, readonly Scheme[]>> = {
  off: ['bearer'],
  disabled: ['bearer'],
  allowed: ['bearer', 'dpop'],
  required: ['dpop'],
};

/**
 * Reads the `Authorization` header (RFC 9110 section 11.6.2, RFC 6750 section 2.1, RFC 9449 section 7.1).
 *
 * @param authorization - Every `Authorization` line of the request. Node keeps only the first in `req.headers`, so
 * they must come from `rawHeaders` or `headersDistinct`.
 * @throws VerifyAccessTokenError without a message: no token, or several, or a scheme that is not spoken.
 * @throws InvalidRequestError: more than one line.
 */
export function readCredentials(authorization: readonly string[], mode: DpopPolicyMode): Credentials {
  if (authorization.length > 1) {
    throw new InvalidRequestError(descriptions.credentials_ambiguous, { reason: 'credentials_ambiguous' });
  }
  const [text = ''] = authorization;
  const end = text.indexOf(' ');
  const scheme = readSchemeName(text, end);
  const start = skipSpaces(text, end);
  const token = start > end + 1 ? detachText(text.slice(start)) : text.slice(start);
  if (token === '' || token.includes(' ') || !spokenSchemes[mode].includes(scheme))
    throw createRefusal('credentials_missing');
  return { scheme, token };
}

/** Its usual spelling comes first: it needs no copy. */
function readSchemeName(text: string, end: number): Scheme {
  if (text.startsWith('Bearer ')) return 'bearer';
  return text.slice(0, Math.max(end, 0)).toLowerCase() as Scheme;
}

/** There may be one space or more (RFC 9110 section 11.4). */
function skipSpaces(text: string, first: number): number {
  let index = Math.max(first, 0);
  while (text.charCodeAt(index) === space) index++;
  return index;
}

/** The scheme that a request uses, whatever else is wrong with it. */
export function readScheme(authorization: readonly string[]): Scheme {
  return /^dpop(?: |$)/i.test(authorization[0] ?? '') ? 'dpop' : 'bearer';
}
