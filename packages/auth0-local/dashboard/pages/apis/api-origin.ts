import { isLoopbackHost } from '../../../src/is-loopback-host.ts';
import { createStore, useStore } from '../../api/store.ts';

/** The URL that was typed last, as long as it is one of this machine; every page of an API begins with where it leads. */
const typedUrl = createStore('');

/** Notes the URL of somebody's API. */
export const rememberApiUrl = (url: string): void => typedUrl.set(url);

/** Where somebody's API is: where the last URL leads that was typed, or where the quickstart starts one. */
export function useApiOrigin(): string {
  return readOrigin(completeUrl(useStore(typedUrl))) ?? 'http://localhost:3001';
}

/** Adds the scheme, which nobody writes who reads `localhost:3001` in a terminal. */
export function completeUrl(text: string): string {
  const url = text.trim();
  return url === '' || /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `http://${url}`;
}

function readOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, origin } = new URL(text);
  return /^https?:$/.test(protocol) && isLoopbackHost(hostname) ? origin : undefined;
}
