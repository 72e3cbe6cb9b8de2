import { Cluster, Redis } from 'ioredis';
import { createClient, createClientPool, createCluster } from 'redis';
import type { IoredisClient, NodeRedisClient } from '../../src/binding/replay/check-redis-client.js';
import type { RedisServer } from './redis-server.js';

/** A client that a test has connected, and must close. */
export interface ConnectedClient {
  readonly client: NodeRedisClient | IoredisClient;
  readonly close: () => void;
}

type Connect = (server: RedisServer) => Promise<ConnectedClient>;

const noError = (): void => {};

/** The clients of one server, by name. */
export const clientsOfServer: readonly (readonly [name: string, connect: Connect])[] = [
  [
    'redis',
    async ({ url }) => {
      const client = createClient({ url, socket: { reconnectStrategy: 20 } });
      client.on('error', noError);
      await client.connect();
      return { client, close: () => client.destroy() };
    },
  ],
  [
    'a pool of redis',
    async ({ url }) => {
      const client = createClientPool({ url }, { minimum: 1, maximum: 4 });
      client.on('error', noError);
      await client.connect();
      return { client, close: () => client.destroy() };
    },
  ],
  [
    'ioredis',
    async ({ url }) => {
      const client = new Redis(url, { retryStrategy: () => 20, lazyConnect: true });
      client.on('error', noError);
      await client.connect();
      return { client, close: () => client.disconnect() };
    },
  ],
];

/** The clients of a cluster, by name. */
export const clientsOfCluster: readonly (readonly [name: string, connect: Connect])[] = [
  [
    'redis',
    async ({ url }) => {
      const client = createCluster({ rootNodes: [{ url }] });
      client.on('error', noError);
      await client.connect();
      return { client, close: () => client.destroy() };
    },
  ],
  [
    'ioredis',
    async ({ port }) => {
      const client = new Cluster([{ host: '127.0.0.1', port }], { lazyConnect: true });
      client.on('error', noError);
      await client.connect();
      return { client, close: () => client.disconnect() };
    },
  ],
];
