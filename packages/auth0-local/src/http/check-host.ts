import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { isLoopbackHost } from '../is-loopback-host.js';

/**
 * Lets only requests in that were sent to a name of this tenant. A web page whose name was made to point at this machine
 * (DNS rebinding) has another one.
 */
export function checkHost(allowed: readonly string[]): RequestHandler {
  const names = new Set(allowed.map((name) => name.toLowerCase()));
  return function checkHostMiddleware(req: Request, res: Response, next: NextFunction) {
    const hostname = readHostname(req.headers.host);
    if (hostname !== undefined && (isLoopbackHost(hostname) || names.has(hostname))) {
      next();
      return;
    }
    res.status(421).json({
      statusCode: 421,
      error: 'Misdirected Request',
      message:
        'This tenant answers to localhost and to the hosts of --issuer and --allow-host. Allow another with: auth0 local start --allow-host <name>',
    });
  };
}

function readHostname(host: string | undefined): string | undefined {
  if (host === undefined || !/^[\w.[\]:-]+$/.test(host)) return undefined;
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname.toLowerCase() : undefined;
}
