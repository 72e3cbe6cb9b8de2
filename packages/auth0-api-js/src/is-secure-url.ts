/** Tells whether what is fetched from a URL can be trusted on its way: https, or plain http that stays on this machine. */
export function isSecureUrl({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}

/** `localhost`, `127.0.0.0/8` or `[::1]`, as the URL parser writes them. */
function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
