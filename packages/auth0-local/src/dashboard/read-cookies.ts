import type { Request } from 'express';

/** More than a browser has for one address: they differ by their paths. */
const most = 100;

/**
 * The values of all cookies of a name, as they were sent. A browser sends several where they were set for several paths
 * (RFC 6265 section 5.4), and any server of a host can set one for another.
 */
export function readCookies({ headers: { cookie = '' } }: Request, name: string): string[] {
  return cookie
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .slice(0, most)
    .map((pair) => pair.slice(name.length + 1));
}
