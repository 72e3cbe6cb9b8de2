import { isLoopbackHost } from '../../../src/is-loopback-host.ts';
import { createStore, useStore } from '../../api/store.ts';

/** Where the quickstart starts an API. */
export const usualOrigin = 'http://localhost:3001';

/** Where the URL leads that was typed last, as long as that is this machine; every page of an API begins there. */
const typedOrigin = createStore(usualOrigin);

/** Notes where the URL of somebody's API leads. What names no host says nothing of it. */
export function rememberApiUrl(url: string): void {
  if (!/^\s*(\/|$)/.test(url)) typedOrigin.set(readLoopbackOrigin(completeUrl(url)) ?? usualOrigin);
}

/** Where somebody's API is: where the last URL leads that was typed, or where the quickstart starts one. */
export function useApiOrigin(): string {
  return useStore(typedOrigin);
}

/**
 * Completes what somebody writes who reads `localhost:3001` in a terminal: without the scheme, the port alone, or the path
 * alone.
 *
 * @param origin - Where the API is whose path it is.
 */
export function completeUrl(text: string, origin = usualOrigin): string {
  const url = text.trim();
  if (url === '' || /^[a-z][a-z\d+.-]*:\/\//i.test(url)) return url;
  if (url.startsWith('/')) return `${origin}${url}`;
  const [, port, rest = ''] = /^:?(\d{1,5})((?:[/?#].*)?)$/.exec(url) ?? [];
  return port === undefined ? `http://${url}` : `http://localhost:${port}${rest}`;
}

/** Whether code can call it: that it is of this machine matters only for what is sent from here. */
export function isCallable(url: string): boolean {
  return /^https?:\/\/[^/]/i.test(url) && URL.canParse(url);
}

/** The origin of a URL of this machine. */
export function readLoopbackOrigin(url: string): string | undefined {
  if (!isCallable(url)) return undefined;
  const { hostname, origin } = new URL(url);
  return isLoopbackHost(hostname) ? origin : undefined;
}
