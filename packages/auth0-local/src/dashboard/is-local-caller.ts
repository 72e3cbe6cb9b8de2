import type { Request } from 'express';
import { isLoopbackHost } from '../is-loopback-host.js';

/**
 * How what proxies, tunnels and content delivery networks add to what they pass on is called: then whoever is behind them
 * may be anywhere. No browser sends any of it by itself. Names with `_` count as those with `-`.
 */
const forwardingNames: readonly RegExp[] = [
  // Who asked.
  /(^|-)(client)?-?ip$/,
  /-(remote-addr|real-port)$/,
  // That somebody passes it on.
  /forwarded|proxy|tunnel|cdn/,
  /^(via|max-forwards|surrogate-capability|front-end-https)$/,
  /^x-(host|scheme|port|varnish|cloud-trace-context)$/,
  // What was asked before it was changed.
  /^x-(original|originating|rewrite)-/,
  // Who passes it on.
  /^(cf|fastly|fly|ngrok|tailscale|akamai|incap|do|ali)-/,
  /^x-(envoy|azure|arr|amzn|amz-cf|appengine|vercel|nf|nginx|sucuri|akamai)-/,
];

/**
 * Whether a request was made on this machine, to a loopback name, and not passed on from elsewhere as far as it says. What
 * passes it on under a loopback name and adds nothing looks like a browser on this machine.
 */
export function isLocalCaller({ socket, headers }: Request): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/i, '');
  return (
    isLoopbackHost(address) &&
    isLoopbackHost(new URL(`http://${headers.host}`).hostname) &&
    !Object.keys(headers).some(isForwardingHeader)
  );
}

function isForwardingHeader(name: string): boolean {
  const spelt = name.replaceAll('_', '-');
  return forwardingNames.some((pattern) => pattern.test(spelt));
}
