import type { Request } from 'express';
import { readParameters, type Parameters } from './read-parameters.js';
import { invalidRequest } from '../refusals.js';

/** @throws OAuthError: there is no body that parameters could be in. */
export function readBodyParameters({ body }: Request): Parameters {
  if (body === undefined) {
    throw invalidRequest(
      'Send the parameters in the body, as application/json or application/x-www-form-urlencoded.',
    );
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidRequest('Request body must be a JSON object');
  }
  return readParameters(body);
}

/** @throws OAuthError: it came twice, or is no string (RFC 6749 section 3.2). */
export function readParameter({ values, unusable }: Parameters, name: string): string | undefined {
  if (unusable.has(name)) throw invalidRequest(`Parameter '${name}' must be one string of reasonable length`);
  return values.get(name);
}

/** @throws OAuthError: as `readParameter()`, or it is not there. */
export function requireParameter(parameters: Parameters, name: string): string {
  const value = readParameter(parameters, name);
  if (value === undefined) throw invalidRequest(`Missing required parameter: ${name}`);
  return value;
}
