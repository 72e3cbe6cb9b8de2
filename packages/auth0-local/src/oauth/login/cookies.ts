import { parseCookie } from 'cookie';
import type { Site } from '../../site.js';
import type { Exchange } from '../browser/exchange.js';

/** What a cookie is for. */
export type CookiePurpose = 'session' | 'browser';

/** The value of a cookie of this tenant. */
export function readCookie({ site, req }: Exchange, purpose: CookiePurpose): string | undefined {
  return parseCookie(req.headers.cookie ?? '')[cookieName(site, purpose)];
}

/** Sets a cookie that no script can read, or takes it back without a value. */
export function writeCookie(
  { site, res }: Exchange,
  purpose: CookiePurpose,
  { value = '', maxAgeSeconds = 0 }: { readonly value?: string; readonly maxAgeSeconds?: number } = {},
): void {
  res.cookie(cookieName(site, purpose), value, {
    httpOnly: true,
    path: '/',
    maxAge: maxAgeSeconds * 1000,
    // Over TLS, frames of applications on other sites get it too: silent authentication needs that.
    ...(site.isSecure ? { secure: true, sameSite: 'none' } : { sameSite: 'lax' }),
  });
}

/** Browsers send cookies to every port of a host, so that the name has to tell tenants apart. */
function cookieName({ url, isSecure }: Site, purpose: CookiePurpose): string {
  return `${isSecure ? '__Host-' : ''}auth0-local-${purpose}-${new URL(url).port}`;
}
