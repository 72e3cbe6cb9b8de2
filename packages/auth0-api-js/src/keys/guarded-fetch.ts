import { lookup as resolveHost, type LookupAddress, type LookupOptions } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import { forbiddenAddress } from './failure-cures.js';
import type { Fetch } from './fetch-json.js';
import { isPublicAddress } from './private-addresses.js';

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * Prepares a `fetch` for addresses that come in at run time: https only, no redirects, and each host must have a public
 * address. The address is checked as the connection is made, so a name that changes its mind is of no use to an attacker.
 * Every connection is its own: none is made once and trusted after.
 *
 * @param privateHosts - Host names that need no public address.
 */
export function createGuardedFetch(privateHosts: ReadonlySet<string>): Fetch {
  return async function guardedFetch(input, init) {
    const url = new URL(input instanceof Request ? input.url : input);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isPrivate = privateHosts.has(host) || privateHosts.has(url.hostname);
    if (url.protocol !== 'https:' && !isPrivate) throw new ForbiddenAddressError('only https is allowed');
    if (isIP(host) !== 0 && !isPrivate && !isPublicAddress(host))
      throw new ForbiddenAddressError('its address is not public');
    return send(url, {
      agent: false,
      headers: { accept: 'application/json', 'accept-encoding': 'identity' },
      ...(init?.signal && { signal: init.signal }),
      ...(!isPrivate && { lookup: lookupPublic }),
    });
  };
}

/** An address that nothing may be fetched from. */
class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
  readonly code = forbiddenAddress;
}

/** Resolves a host, and refuses it if any of its addresses is not public. */
function lookupPublic(host: string, options: LookupOptions, callback: LookupCallback): void {
  resolveHost(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const first = addresses[0];
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
      return callback(new ForbiddenAddressError(`${host} has an address that is not public`), []);
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
}

function send(url: URL, options: RequestOptions): Promise<Response> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    request(url, options, (message) => {
      try {
        resolve(toResponse(message));
      } catch (error) {
        message.destroy();
        reject(error);
      }
    })
      .on('error', reject)
      .end();
  });
}

/** Statuses whose responses have no body: `Response` takes none with them. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

function toResponse(message: IncomingMessage): Response {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (const name of ['cache-control', 'age', 'retry-after']) {
    const value = message.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  if (bodiless.has(status)) {
    message.resume();
    return new Response(null, { status, headers });
  }
  // Node's own class of streams and that of `fetch` are the same at run time, and two in the types.
  const body = Readable.toWeb(message) as unknown as ConstructorParameters<typeof Response>[0];
  return new Response(body, { status, headers });
}
