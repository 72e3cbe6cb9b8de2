import type { Request } from 'express';
import type { Site } from '../site.js';
import { isAllowedOrigin } from '../tenant/applications.js';

/**
 * Whether a request was made by a page that has nothing to do with the tenant: neither its own, nor one of an
 * application's origins, as far as browsers say where it comes from. Programs say nothing and are none.
 */
export function isForeignPage({ tenant, url }: Site, { headers }: Request): boolean {
  const { origin = readOrigin(headers.referer), 'sec-fetch-site': fetchSite } = headers;
  if (fetchSite === 'same-origin' || fetchSite === 'none') return false;
  if (origin === undefined) return fetchSite === 'cross-site';
  const own = [url, ...tenant.issuers].map(readOrigin);
  return !own.includes(origin) && !isAllowedOrigin(tenant, origin);
}

function readOrigin(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}
