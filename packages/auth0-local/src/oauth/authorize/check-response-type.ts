import { OAuthError } from '../oauth-error.js';
import type { Parameters } from '../request/read-parameters.js';
import type { ResponseTarget } from './response-target.js';

/** @throws OAuthError: the answer that is asked for is not the code, or it cannot travel in the way that is asked for. */
export function checkResponseType({ mode }: ResponseTarget, { values, unusable }: Parameters): void {
  const [name] = unusable;
  if (name !== undefined) {
    throw refuse('invalid_request', `Parameter ${name} is there more than once, or too long`);
  }
  const responseType = values.get('response_type');
  if (responseType === undefined) {
    throw refuse('invalid_request', 'Missing required parameter: response_type');
  }
  if (responseType !== 'code') {
    throw refuse('unsupported_response_type', `Unsupported response type: ${responseType}`);
  }
  const askedMode = values.get('response_mode');
  if (askedMode !== undefined && askedMode !== mode) {
    throw refuse('invalid_request', `Unsupported response mode: ${askedMode}`);
  }
  // OpenID Connect Core section 6: what is said in a request object must not be passed over.
  if (values.has('request')) throw refuse('request_not_supported', 'Request objects are not supported');
  if (values.has('request_uri')) {
    throw refuse('request_uri_not_supported', 'Request objects are not supported');
  }
}

function refuse(error: string, description: string): OAuthError {
  return new OAuthError({ statusCode: 400, error, description });
}
