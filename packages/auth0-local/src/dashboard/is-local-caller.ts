import type { Request } from 'express';
import { isLoopbackHost } from '../is-loopback-host.js';

/**
 * What proxies, tunnels and content delivery networks add to what they pass on: then whoever is behind them may be
 * anywhere. No browser sends any of it by itself.
 */
const forwardingHeaders: ReadonlySet<string> = new Set([
  'forwarded',
  'via',
  'cdn-loop',
  'client-ip',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-real-ip',
  'x-remote-addr',
  'x-remote-ip',
  'x-forwarded',
  'x-host',
  'x-cloud-trace-context',
]);

/** With what the names of others begin. */
const forwardingPrefixes = [
  'x-forwarded-',
  'x-original-',
  'x-rewrite-',
  'x-proxy-',
  'x-envoy-',
  'x-tunnel-',
  'x-azure-',
  'x-arr-',
  'x-amzn-',
  'x-amz-cf-',
  'x-appengine-',
  'x-vercel-',
  'cf-',
  'fastly-',
  'fly-',
  'ngrok-',
  'tailscale-',
] as const;

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
  return forwardingHeaders.has(name) || forwardingPrefixes.some((prefix) => name.startsWith(prefix));
}
