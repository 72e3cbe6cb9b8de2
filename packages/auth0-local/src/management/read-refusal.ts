import { AuthError, InsufficientScopeError } from '@auth0/auth0-express-api';
import { readBodyProblem } from '../http/read-request-body.js';
import { TenantError, type TenantErrorKind } from '../tenant/tenant-error.js';
import { ManagementError } from './management-error.js';

const statusCodes: Readonly<Record<TenantErrorKind, number>> = {
  invalid: 400,
  forbidden: 403,
  missing: 404,
  conflict: 409,
};

/** What the real tenant says of a token, by the reason of ours. Of all others it says that they are invalid. */
const tokenMessages: Readonly<Record<string, string>> = {
  credentials_missing: 'Missing authentication',
  invalid_auth_scheme: 'Missing authentication',
  token_expired: 'Expired token received for JSON Web Token validation',
  signature_invalid: 'Invalid signature received for JSON Web Token validation',
  unknown_key: 'Invalid signature received for JSON Web Token validation',
};

/**
 * Turns what stopped a request into the refusal its caller reads.
 *
 * @returns Nothing if it is a mistake of this program.
 */
export function readRefusal(error: unknown): ManagementError | undefined {
  if (error instanceof ManagementError) return error;
  if (error instanceof AuthError) return readAuthError(error);
  if (error instanceof TenantError) {
    const { message, errorCode, kind } = error;
    return new ManagementError({ statusCode: statusCodes[kind], message, errorCode });
  }
  // Express could not decode the path.
  if (error instanceof URIError) {
    return new ManagementError({ statusCode: 400, message: 'Invalid request URI', errorCode: 'invalid_uri' });
  }
  const problem = readBodyProblem(error);
  return problem && new ManagementError({ ...problem, errorCode: 'invalid_body' });
}

function readAuthError(error: AuthError): ManagementError {
  const { statusCode = 401, reason = '' } = error;
  if (error instanceof InsufficientScopeError) {
    const message = `Insufficient scope, expected any of: ${error.scopes.join(',')}`;
    return new ManagementError({ statusCode, message, errorCode: error.code });
  }
  if (statusCode !== 401)
    return new ManagementError({ statusCode, message: error.message, errorCode: error.code });
  const message = tokenMessages[reason] ?? 'Invalid token';
  return new ManagementError({ statusCode, message, hasAttributes: message !== 'Missing authentication' });
}
