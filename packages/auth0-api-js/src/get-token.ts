import { InvalidRequestError } from './errors.js';
import { descriptions } from './reasons.js';

/** A token with its scheme, one space or more before it, and none inside. */
const tokenCredentials = /^(?:bearer|dpop) +([^ ]+)$/i;

const formType = 'application/x-www-form-urlencoded';

/**
 * Finds the access token of a request wherever RFC 6750 section 2 allows one: the `Authorization` header, the query
 * parameter or, in a form, the body parameter `access_token`.
 *
 * It verifies nothing. Tokens in URLs end up in logs: prefer the header, which is all that `requiresAuth()` reads.
 *
 * @param headers - Names in lower case, as Node gives them.
 * @throws InvalidRequestError: there is no token, or there are several.
 */
export function getToken(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  query?: Readonly<Record<string, unknown>>,
  body?: Readonly<Record<string, unknown>>,
): string {
  const found = [
    ...readHeader(headers['authorization']),
    ...readParameter(query),
    ...(isForm(headers['content-type']) ? readParameter(body) : []),
  ];
  if (found.length > 1) {
    throw new InvalidRequestError(descriptions.credentials_ambiguous, { reason: 'credentials_ambiguous' });
  }
  const [token] = found;
  if (token !== undefined) return token;
  throw new InvalidRequestError('No access token found in request', { reason: 'credentials_missing' });
}

function readHeader(authorization: string | readonly string[] | undefined): string[] {
  const lines = typeof authorization === 'string' ? [authorization] : (authorization ?? []);
  return lines.flatMap((line) => tokenCredentials.exec(line)?.[1] ?? []);
}

function readParameter(parameters: Readonly<Record<string, unknown>> | undefined): string[] {
  const hasToken =
    typeof parameters === 'object' && parameters !== null && Object.hasOwn(parameters, 'access_token');
  const value = hasToken ? parameters['access_token'] : undefined;
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((item) => typeof item === 'string' && item !== '') as string[];
}

function isForm(contentType: string | readonly string[] | undefined): boolean {
  return typeof contentType === 'string' && contentType.split(';', 1)[0]?.trim().toLowerCase() === formType;
}
