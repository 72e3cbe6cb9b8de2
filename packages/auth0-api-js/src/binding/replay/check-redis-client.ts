import { invalidOption } from '../../options/invalid-option.js';

/**
 * A client of the package `redis`, version 4 or later: of one server, of a cluster, of sentinels, or a pool. Nothing else
 * of it is used than `multi()`.
 */
export interface NodeRedisClient {
  multi(): { execAsPipeline(): Promise<unknown> };
}

/** A client of the package `ioredis`, version 5 or later: of one server, of sentinels, or of a cluster. */
export interface IoredisClient {
  pipeline(commands?: unknown[][]): { exec(): Promise<unknown> };
  call(command: string): Promise<unknown>;
}

/**
 * Checks that a client is of a known kind. Which package it is of is told by its functions, so that neither is loaded.
 *
 * @throws InvalidConfigurationError: it is of neither.
 */
export function checkRedisClient(client: NodeRedisClient | IoredisClient, group: string): void {
  if (isIoredis(client) || hasFunctions(client, ['multi', 'sendCommand'])) return;
  const cure =
    "Give it what createClient() or createCluster() of 'redis' returns, version 4 or later, or new Redis() or new Cluster() of 'ioredis', version 5 or later";
  throw invalidOption(group, `the client is of no known kind. ${cure}`);
}

/** Whether a client is of the package `ioredis`. */
export function isIoredis(client: unknown): boolean {
  return hasFunctions(client, ['pipeline', 'call']);
}

function hasFunctions(client: unknown, names: readonly string[]): boolean {
  if (typeof client !== 'object' || client === null) return false;
  return names.every((name) => typeof Reflect.get(client, name) === 'function');
}
