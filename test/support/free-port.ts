import { once } from 'node:events';
import { createServer, type ListenOptions, type Server } from 'node:net';

// Below the range that systems give to outgoing connections, so that nobody gets it between here and its use.
const lowest = 20_000;
const highest = 32_000;

/** Finds a port that nothing on this machine listens on. */
export async function findFreePort(): Promise<number> {
  const port = lowest + Math.floor(Math.random() * (highest - lowest));
  return (await isFree(port)) ? port : findFreePort();
}

/** Tells whether a port can be listened on, on every address of this machine. */
export async function isFree(port: number): Promise<boolean> {
  for (const host of [undefined, '127.0.0.1']) {
    try {
      await closeListener(await listenOn({ port, ...(host !== undefined && { host }) }));
    } catch {
      return false;
    }
  }
  return true;
}

/** Listens, and does nothing else. */
export async function listenOn(options: ListenOptions): Promise<Server> {
  const server = createServer().listen({ ...options, exclusive: true });
  await once(server, 'listening');
  return server;
}

/** Ends a listener made here. */
export async function closeListener(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
