import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { onCleanUp } from './clean-up.js';
import type { Exchange, Fault } from './create-fault-issuer.js';

/** Breaks the connection off as the request arrives. */
export const reset: Fault = ({ req }) => {
  req.socket.resetAndDestroy();
};

/** Ends its side of the connection as the request arrives, and leaves the other one open. */
export const halfOpen: Fault = ({ req }) => {
  req.socket.end();
};

/** Breaks off connections that were used before, as they are used again; answers well on new ones. */
export function resetReused(): { readonly fault: Fault; readonly broken: () => number } {
  const used = new WeakSet<Socket>();
  let broken = 0;
  const fault = ({ req, res, document }: Exchange): void => {
    if (used.has(req.socket)) {
      broken += 1;
      req.socket.resetAndDestroy();
      return;
    }
    used.add(req.socket);
    res.end(JSON.stringify(document));
  };
  return { fault, broken: () => broken };
}

/** A server that speaks no HTTP at all. */
export interface RawServer {
  readonly port: number;
  /** How many connections it has mistreated. */
  readonly injected: number;
}

/** Starts it; it ends with the test. */
export async function createRawServer(mistreat: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let injected = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    injected += 1;
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    mistreat(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onCleanUp(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  });
  return {
    port: (server.address() as AddressInfo).port,
    get injected() {
      return injected;
    },
  };
}
