import type { Request } from 'express';
import type { Site } from '../site.js';

/**
 * Prepares the answer to whether a request comes from a page of this tenant, as far as browsers say where it comes from
 * (`Origin`, `Sec-Fetch-Site`). What says neither is no browser of today, or a page of another kind that needs more to
 * get in.
 *
 * @param fetchSites - Which `Sec-Fetch-Site` are the tenant's own.
 */
export function createOwnPageTest(
  { issuer, isSecure }: Site,
  fetchSites: readonly string[],
): (req: Request) => boolean {
  const issuerOrigin = new URL(issuer).origin;
  return ({ headers }) => {
    const { origin, host } = headers;
    const fetchSite = headers['sec-fetch-site'];
    const own = `${isSecure ? 'https' : 'http'}://${host}`;
    const isOwnOrigin = origin === undefined || origin === own || origin === issuerOrigin;
    return isOwnOrigin && (typeof fetchSite !== 'string' || fetchSites.includes(fetchSite));
  };
}
