import type { RequestContext } from '@auth0/auth0-api-js';
import type { RequestCredentials } from '@auth0/auth0-api-js/adapter';
import type { Request } from 'express';
import type { IncomingMessage } from 'node:http';

/**
 * Reads from a request what the core decides by. `req.headers` would hide a second `Authorization` line; it is asked only
 * where there are no raw lines, as on requests that a serverless runtime or a test made up.
 */
export function describeRequest(req: IncomingMessage): RequestCredentials {
  const { rawHeaders, headers } = req;
  const isAuthorization = (name: string | undefined): boolean => name?.toLowerCase() === 'authorization';
  const lines = rawHeaders.filter((_, index) => index % 2 === 1 && isAuthorization(rawHeaders[index - 1]));
  return {
    authorization: lines.length > 0 ? lines : [headers.authorization ?? []].flat(),
    request: describeContext(req as Request),
  };
}

/**
 * The request for the application's own functions, read only if there is one. The URL is as Express sees it: forwarded
 * headers count only where the application trusts its proxy (`trust proxy`).
 */
function describeContext(req: Request): RequestContext {
  return {
    get url() {
      return `${req.protocol}://${req.headers.host ?? ''}${req.originalUrl}`;
    },
    get headers() {
      return req.headers;
    },
  };
}
