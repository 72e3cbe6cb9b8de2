import type { RequestCredentials } from '@auth0/auth0-api-js/adapter';
import type { IncomingMessage } from 'node:http';

/**
 * Reads from a request what the core decides by. `req.headers` would hide a second `Authorization` line; it is asked only
 * where there are no raw lines, as on requests that a serverless runtime or a test made up.
 */
export function describeRequest({ rawHeaders, headers }: IncomingMessage): RequestCredentials {
  const isAuthorization = (name: string | undefined): boolean => name?.toLowerCase() === 'authorization';
  const lines = rawHeaders.filter((_, index) => index % 2 === 1 && isAuthorization(rawHeaders[index - 1]));
  return { authorization: lines.length > 0 ? lines : [headers.authorization ?? []].flat() };
}
