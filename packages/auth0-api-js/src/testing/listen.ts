import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IssuerResponse } from './respond-as-issuer.js';

/** A server that listens. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves JSON documents over HTTP on this machine only.
 *
 * @param port - 0 takes a free one.
 */
export async function listen(
  port: number,
  respondTo: (pathname: string) => IssuerResponse,
): Promise<Listener> {
  const server = createServer((req, res) => {
    const { status, body } = respondTo((req.url ?? '').split('?', 1)[0] ?? '');
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
