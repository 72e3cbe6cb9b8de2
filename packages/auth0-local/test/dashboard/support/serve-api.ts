import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ServerIdentity } from '../../../src/tls/certificate-authority.js';

/** An API on a free port of this machine, for one test: over TLS with an identity. */
export function serveApiForTest(
  handler: RequestListener,
  { host = '127.0.0.1', identity }: { readonly host?: string; readonly identity?: ServerIdentity } = {},
): Promise<number> {
  return listenForTest(
    identity === undefined ? createHttpServer(handler) : createHttpsServer(identity, handler),
    host,
  );
}

/** Whatever else may listen where an API should. */
export function serveSocketsForTest(handler: (socket: Socket) => void): Promise<number> {
  return listenForTest(
    createTcpServer((socket) => {
      socket.on('error', () => {});
      handler(socket);
    }),
    '127.0.0.1',
  );
}

async function listenForTest(server: Server, host: string): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}
