import { isIoredis, type IoredisClient, type NodeRedisClient } from './check-redis-client.js';
import { notConnected } from './redis-failure.js';

/** A key that is taken once, and the counter that goes up with it. Both are of one hash slot. */
export interface Registration extends Count {
  readonly key: string;
  /** How long the key stays. */
  readonly milliseconds: number;
}

/** A counter that goes up. */
export interface Count {
  readonly counter: string;
  /** How long the counter stays at least. */
  readonly counterMilliseconds: number;
  /** What it must reach: it is raised where it is lower. */
  readonly atLeast: number;
  /** What no other counter was ever marked with: this one is where it has to be made. */
  readonly epoch: string;
  /** Whether a counter that has to be made tells at once that what was written before is lost. */
  readonly isNewLost: boolean;
}

/** What the store asks of a server, in the words of either client. Everything rejects where the server says no. */
export interface RedisCommands {
  /** Whether keys are spread over several servers. */
  readonly isCluster: boolean;
  /**
   * Takes a key if it is free, and then counts: in this order, on one connection, sent together.
   *
   * @returns What the server said to both.
   */
  register(registration: Registration): Promise<readonly unknown[]>;
  count(count: Count): Promise<unknown>;
}

/** A counter says when writes were lost, in seconds since 1970, and above that counts to here. */
export const countsASecond: number = 2 ** 21;

/**
 * Counts, raises, and lets the counter stay for longer, never shorter: processes may remember proofs for different
 * times, and none of them may find its counter gone. With each count it says which run of the server this is: that takes
 * some 3 µs, and no reply is left that could be of another run.
 *
 * It returns the count, the epoch, the server's time, and the run, which is null where it may not ask for it.
 */
const countScript = `local info = redis.pcall('INFO', 'server')
local run = type(info) == 'string' and (string.match(info, 'run_id:(%w+)') or '')
local now = tonumber(redis.call('TIME')[1]) + 1
local least = tonumber(ARGV[2])
local isNew = redis.call('HSETNX', KEYS[1], 'e', ARGV[3]) == 1
if isNew and ARGV[4] == '1' then least = math.max(least, now * ${countsASecond}) end
local n = redis.call('HINCRBY', KEYS[1], 'n', 1)
if n < least then
  n = least
  redis.call('HSET', KEYS[1], 'n', n)
end
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {n, redis.call('HGET', KEYS[1], 'e'), now, run}`;

/** Prepares the commands for a client that was checked. */
export function createRedisCommands(client: NodeRedisClient | IoredisClient): RedisCommands {
  if (isIoredis(client)) return ioredisCommands(client as unknown as Ioredis);
  return nodeRedisCommands(client as unknown as NodeRedis);
}

interface NodeRedisPipeline {
  set(key: string, value: string, options: { NX: true; PX: number }): this;
  eval(script: string, options: { keys: string[]; arguments: string[] }): this;
  execAsPipeline(): Promise<readonly unknown[]>;
}

interface NodeRedis {
  readonly options?: { readonly disableOfflineQueue?: boolean };
  /** Whether there is a connection; of a client of one server. */
  readonly isReady?: boolean;
  multi(): NodeRedisPipeline;
}

function nodeRedisCommands(client: NodeRedis): RedisCommands {
  const addCount = (pipeline: NodeRedisPipeline, count: Count): NodeRedisPipeline =>
    pipeline.eval(countScript, { keys: [count.counter], arguments: countArguments(count) });
  return {
    isCluster: 'slots' in client,
    register: async (registration) => {
      checkReady(client);
      const { key, milliseconds } = registration;
      const pipeline = client.multi().set(key, '1', { NX: true, PX: milliseconds });
      return addCount(pipeline, registration).execAsPipeline();
    },
    count: async (count) => (await addCount(client.multi(), count).execAsPipeline())[0],
  };
}

/** A pipeline waits for the connection, also where the client is told not to let commands wait. */
function checkReady({ options, isReady }: NodeRedis): void {
  if (options?.disableOfflineQueue === true && isReady === false) throw notConnected();
}

interface Ioredis {
  readonly isCluster?: boolean;
  pipeline(commands: unknown[][]): { exec(): Promise<readonly (readonly [Error | null, unknown])[] | null> };
}

function ioredisCommands(client: Ioredis): RedisCommands {
  const send = async (commands: unknown[][]): Promise<readonly unknown[]> => {
    const replies = (await client.pipeline(commands).exec()) ?? [];
    const failed = replies.find(([error]) => error !== null);
    if (failed !== undefined) throw failed[0];
    return replies.map(([, reply]) => reply);
  };
  const counting = (count: Count): unknown[] => [
    'eval',
    countScript,
    1,
    count.counter,
    ...countArguments(count),
  ];
  return {
    isCluster: client.isCluster === true,
    register: async (registration) => {
      const { key, milliseconds } = registration;
      return send([['set', key, '1', 'PX', milliseconds, 'NX'], counting(registration)]);
    },
    count: async (count) => (await send([counting(count)]))[0],
  };
}

function countArguments({ counterMilliseconds, atLeast, epoch, isNewLost }: Count): string[] {
  return [String(counterMilliseconds), String(atLeast), epoch, isNewLost ? '1' : '0'];
}
