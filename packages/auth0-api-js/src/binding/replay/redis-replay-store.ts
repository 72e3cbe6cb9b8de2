import { checkDefined } from '../../options/check-defined.js';
import { invalidOption } from '../../options/invalid-option.js';
import { readOptions } from '../../read-options.js';
import { checkRedisClient, type IoredisClient, type NodeRedisClient } from './check-redis-client.js';
import type { ReplayStore } from './replay-store.js';

/** Where a Redis server keeps the proofs. */
export interface RedisReplayStoreOptions {
  /**
   * What the names of all keys begin with: `dpop:` by default. Processes that accept each other's proofs share it, and
   * nothing else may use it. Without braces: the store chooses hash slots itself.
   */
  prefix?: string;
  /**
   * What a store that is empty means: `trusted` by default, it is new or nobody asked for a while. Where it was emptied, a
   * process that was started since accepts proofs from before, until one that knew the store asks again. With `lost` it
   * never does: `register` throws `replay_store_lost` for as long as after a loss, 31 seconds by default, also at the first
   * start of all and whenever nobody has asked for longer than proofs live.
   */
  emptyStore?: 'trusted' | 'lost';
}

const group = 'redisReplayStore';
const names = ['prefix', 'emptyStore'] as const;
const defaultPrefix = 'dpop:';

/**
 * Remembers used proofs in Redis, so that processes that share it accept each proof once. One `SET … NX PX` decides.
 *
 * It takes a client of `redis` 4 or later, or of `ioredis` 5 or later, for one server, sentinels or a cluster. The client
 * stays yours: connect it, listen to its `error` event, and close it. All processes must use the same kind of server.
 * Sentinels by `createSentinel` need its default `masterPoolSize` of 1: with more, redis 6.3 hangs when many ask at first.
 *
 * A server that lost writes would let proofs be used again. So a counter goes up with each proof, and says who made it and
 * on which run of the server; a process that sees it stand still, go back or change raises it to the time of the loss, by
 * the server's clock, which tells the others. Until proofs are newer than that, `register` throws `replay_store_lost`: 503
 * for as long as a proof may be ahead of its time, 30 seconds by default.
 *
 * What each deployment gives:
 * - Every restart and every fail-over counts as a loss, and so does `FLUSHALL`, for every process that asked within the
 *   lifetime of a proof, also where all data was kept, as with `appendfsync always`: nobody else can tell how much was.
 * - Where no process asked within that time, or all were started again as well, an empty server is taken as it is, and one
 *   with older data, or a replica that lagged, as well: proofs from before can be used once more until a process asks that
 *   knew the store. `emptyStore: 'lost'` closes the first gap, and persistence does not close the second.
 * - Cluster: the same for each primary, with 16 counters instead of one, so less is noticed where little is asked. A loss
 *   that is noticed counts for all primaries. A hash slot that moves to another primary counts as one.
 * - The user needs `INFO` beside the commands on keys; a server that does not say its `run_id` is noticed only by what it
 *   lost. What shares a `run_id` out by turns, as some proxies before several servers do, cannot be used.
 * - `maxmemory-policy` must be `noeviction` (the default of Redis; services often have another): a server that evicts
 *   keys forgets proofs before their time, unnoticed, and they can be used again. With it, a full server is an outage.
 *
 * @throws InvalidConfigurationError: a client of another kind, or an option that cannot work.
 */
export function redisReplayStore(
  client: NodeRedisClient | IoredisClient,
  options: RedisReplayStoreOptions = {},
): ReplayStore {
  const given = readOptions(options, names, group);
  checkDefined(given, names, group);
  checkRedisClient(client, group);
  const prefix = readPrefix(given.prefix ?? defaultPrefix);
  const isEmptyLost = readEmptyStore(given.emptyStore);
  let store: Promise<ReplayStore> | undefined;
  const open = (): Promise<ReplayStore> => {
    store ??= openStore(client, prefix, isEmptyLost).catch((error: unknown) => {
      // What could not be loaded is tried again with the next proof.
      store = undefined;
      throw error;
    });
    return store;
  };
  open().catch(() => {});
  return { register: async (proof) => (await open()).register(proof) };
}

function readPrefix(prefix: unknown): string {
  if (typeof prefix === 'string' && prefix !== '' && !/[{}]/.test(prefix)) return prefix;
  throw invalidOption(group, '"prefix" must be a text that is not empty and has no braces');
}

/** Answers whether an empty store is one that was lost. */
function readEmptyStore(emptyStore: unknown = 'trusted'): boolean {
  if (emptyStore === 'trusted' || emptyStore === 'lost') return emptyStore === 'lost';
  throw invalidOption(group, `"emptyStore" must be 'trusted' or 'lost'`);
}

/** What talks to Redis is loaded only where a store is created: whoever imports the package for something else does without. */
async function openStore(
  client: NodeRedisClient | IoredisClient,
  prefix: string,
  isEmptyLost: boolean,
): Promise<ReplayStore> {
  const { RedisStore } = await import('./redis-store.js');
  return new RedisStore(client, prefix, isEmptyLost);
}
