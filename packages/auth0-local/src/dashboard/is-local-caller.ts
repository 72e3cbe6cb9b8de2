import type { Request } from 'express';
import { isLoopbackHost } from '../is-loopback-host.js';

/** What proxies and tunnels add: then whoever is behind them may be anywhere. */
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

/** Whether a request was made on this machine, to a loopback name, and not passed on from elsewhere. */
export function isLocalCaller({ socket, headers }: Request): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/i, '');
  return (
    isLoopbackHost(address) &&
    isLoopbackHost(new URL(`http://${headers.host}`).hostname) &&
    forwardingHeaders.every((name) => headers[name] === undefined)
  );
}
