import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from './support/start-process.js';

const load = async (file: string) =>
  import(pathToFileURL(join(root, 'bench', file)).href) as Promise<unknown>;
const { openConnections } = (await load('measure/open-connections.mjs')) as {
  openConnections: (settings: { port: number; count?: number }) => Promise<{
    send: (requests: readonly Buffer[], status: number) => Promise<void>;
    close: () => void;
  }>;
};
const { writeRequest } = (await load('measure/write-request.mjs')) as {
  writeRequest: (path: string, headers?: Record<string, string>) => Buffer;
};

const cleanUps: (() => unknown)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function connectTo(listener: RequestListener, count?: number) {
  const server: Server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  let sockets = 0;
  server.on('connection', () => (sockets += 1));
  const { port } = server.address() as AddressInfo;
  const connections = await openConnections({ port, ...(count !== undefined && { count }) });
  cleanUps.push(connections.close, () => server.close());
  return { ...connections, server, countSockets: () => sockets };
}

const requestsTo = (count: number) =>
  Array.from({ length: count }, (_, number) => writeRequest(`/${number}`));

/** What was sent on other connections before has arrived after it. */
async function makeRoundTrip() {
  const { send } = await connectTo((_req, res) => res.end(), 1);
  await send(requestsTo(2), 200);
}

describe('load of the benchmark', () => {
  it('sends each request once, over the same connections block after block', async () => {
    const seen: string[] = [];
    const { send, countSockets } = await connectTo((req, res) => {
      seen.push(`${req.url} ${req.headers.host}`);
      res.end('ok');
    }, 4);
    await send(requestsTo(30), 200);
    await send(requestsTo(30), 200);
    const expected = Array.from({ length: 30 }, (_, number) => `/${number} localhost`);
    expect(seen.toSorted()).toEqual([...expected, ...expected].toSorted());
    expect(countSockets()).toBe(4);
  });

  it('waits for the rest of a body before it sends the next request', async () => {
    const seenAtEnd: number[] = [];
    let seen = 0;
    const { send } = await connectTo((_req, res) => {
      seen += 1;
      res.writeHead(200, { 'content-length': 6 }).write('abc', () => {
        void makeRoundTrip().then(() => {
          seenAtEnd.push(seen);
          res.end('def');
        });
      });
    }, 1);
    await send(requestsTo(3), 200);
    expect(seenAtEnd).toEqual([1, 2, 3]);
  });

  it('ends with an error at one answer of another status', async () => {
    const { send } = await connectTo((req, res) => {
      res.statusCode = req.url === '/17' ? 401 : 200;
      res.end();
    });
    await expect(send(requestsTo(30), 200)).rejects.toThrow(/^200 was expected, not: HTTP\/1\.1 401 /);
  });

  it('ends with an error where the server closes a connection', async () => {
    const { send } = await connectTo((req, res) => {
      if (req.url === '/17') req.socket.destroy();
      else res.end();
    });
    await expect(send(requestsTo(30), 200)).rejects.toThrow('closed');
  });

  it('ends with an error where the server has closed its connections since the last block', async () => {
    const { send, server } = await connectTo((_req, res) => res.end());
    await send(requestsTo(30), 200);
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    await makeRoundTrip();
    await expect(send(requestsTo(30), 200)).rejects.toThrow('closed');
  });

  it('ends with an error at an answer without a length', async () => {
    const { send } = await connectTo((_req, res) => {
      res.write('one');
      res.end('two');
    });
    await expect(send(requestsTo(1), 200)).rejects.toThrow('without a length');
  });
});
