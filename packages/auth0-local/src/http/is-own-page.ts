import type { Request } from 'express';
import type { Site } from '../site.js';

/**
 * Whether a request comes from a page of this tenant, as far as browsers say where it comes from (`Origin`,
 * `Sec-Fetch-Site`). What says neither is no browser of today, or a page of another kind that needs more to get in.
 *
 * @param fetchSites - Which `Sec-Fetch-Site` are the tenant's own.
 */
export function isOwnPage(
  { issuer, isSecure }: Site,
  req: Request,
  fetchSites: ReadonlySet<string> = sameOrigin,
): boolean {
  const { origin, host } = req.headers;
  const fetchSite = req.headers['sec-fetch-site'];
  const own = `${isSecure ? 'https' : 'http'}://${host}`;
  const isOwnOrigin = origin === undefined || origin === own || origin === new URL(issuer).origin;
  return isOwnOrigin && (typeof fetchSite !== 'string' || fetchSites.has(fetchSite));
}

const sameOrigin: ReadonlySet<string> = new Set(['same-origin']);
