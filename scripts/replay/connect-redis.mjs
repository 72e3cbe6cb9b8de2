import { once } from 'node:events';

const reconnectMilliseconds = 100;

/**
 * Connects a client to a Redis server that may be away now and later, as the documentation shows: it says at once that it is
 * not connected, and somebody listens to its errors. It is ready unless the server is away.
 *
 * @param {{ library: string, url: string }} server `library` is `redis` or `ioredis`.
 */
export async function connectRedis({ library, url }, onError) {
  const client = await (library === 'redis' ? createNodeRedis(url) : createIoredis(url));
  client.on('error', onError);
  await once(client, 'ready').catch(() => {});
  return client;
}

async function createNodeRedis(url) {
  const { createClient } = await import('redis');
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: reconnectMilliseconds },
  });
  // It goes on trying, and tells of each failure by its event.
  void client.connect().catch(() => {});
  return client;
}

async function createIoredis(url) {
  const { Redis } = await import('ioredis');
  return new Redis(url, { enableOfflineQueue: false, retryStrategy: () => reconnectMilliseconds });
}
