import type { Application, Request } from 'express';
import { readLines } from './read-lines.js';

/** A host name or an address, with a port or without. */
const hostForm = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i;

const protocolForm = /^https?$/i;

/**
 * A segment that means another place. Clients resolve them; a router takes them for names. So a proof for one place would
 * open another.
 */
const dotSegment = /^[^?#]*\/(?:\.|%2e){1,2}(?:[/?#]|$)/i;

/**
 * The URL of a request as its client sees it, as far as Express knows: `X-Forwarded-Proto` and `X-Forwarded-Host` count
 * only where the application trusts the proxy that the request came from (`trust proxy`).
 *
 * @returns The path alone where no host can be told: no `Host`, several, or one that is none. An empty text where the
 *   target is no path either, or one that could mean two places.
 */
export function readRequestUrl(req: Request): string {
  // Outside of an Express application there is no original URL.
  const target = (req.originalUrl as string | undefined) ?? req.url;
  if (!target.startsWith('/') || target.startsWith('//') || dotSegment.test(target)) return '';
  const host = readHost(req);
  return host === undefined || !protocolForm.test(req.protocol)
    ? target
    : `${req.protocol}://${host}${target}`;
}

/** Whether the hop that a request came from is a proxy that the application trusts, by Express's rules. */
export function isProxyTrusted(req: Request): boolean {
  // There is no application where a router serves requests by itself.
  const app = req.app as Application | undefined;
  const isTrusted: unknown = app?.get('trust proxy fn');
  return typeof isTrusted === 'function' && Boolean(isTrusted(req.socket.remoteAddress, 0));
}

/** Of several hosts none counts: which of them a proxy before us has read is not known. */
function readHost(req: Request): string | undefined {
  const [host, other] = readHosts(req);
  if (host === undefined || other !== undefined || !hostForm.test(host)) return undefined;
  const forwarded = isProxyTrusted(req) ? readLines(req, 'x-forwarded-host').join(',') : '';
  const first = forwarded.split(',', 1)[0]?.trim() ?? '';
  if (first === '') return host;
  return hostForm.test(first) ? first : undefined;
}

/** In HTTP/2 `:authority` stands for `Host`, which may repeat it (RFC 9113 section 8.3.1). */
function readHosts(req: Request): readonly string[] {
  const hosts = readLines(req, 'host');
  const authorities = readLines(req, ':authority').filter((authority) => authority !== hosts[0]);
  return [...authorities, ...hosts];
}
