import { randomUUID } from 'node:crypto';
import { monotonicSeconds, wallSeconds } from '../../clock.js';
import { checkDefined } from '../../options/check-defined.js';
import { invalidOption } from '../../options/invalid-option.js';
import { readOptions } from '../../read-options.js';
import {
  countsASecond,
  createRedisCommands,
  type Count,
  type IoredisClient,
  type NodeRedisClient,
  type RedisCommands,
} from './redis-commands.js';
import { readCounter, readTaken, type CounterReply } from './read-redis-reply.js';
import { describeRedisFailure } from './redis-failure.js';
import { ReplayStoreError, type ReplayStore, type UsedProof } from './replay-store.js';
import { WriteCounter } from './write-counter.js';

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
/** In a cluster, proofs are spread over so many hash slots. One server has one, so that its counter sees everything. */
const bucketsOfCluster = 16;
/** So many may wait for an answer at a time: a client that is not connected keeps every command in memory. */
const mostWaiting = 10_000;
/** How far the clocks of two processes may be apart, and how much longer than proofs a counter lives. In seconds. */
const skewSeconds = 1;
/**
 * A loss that is told to be further ahead was timed by a wrong clock, which must not stop everybody for as long as it is
 * wrong. No shorter: a process whose own clock is behind by less still accepts proofs. In seconds.
 */
const mostAheadSeconds = 60;

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
  const prefix = readPrefix(given.prefix ?? defaultPrefix);
  return new RedisStore(createRedisCommands(client, group), prefix, readEmptyStore(given.emptyStore));
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

class RedisStore implements ReplayStore {
  readonly #commands: RedisCommands;
  readonly #counters: readonly WriteCounter[];
  readonly #isEmptyLost: boolean;
  #waiting = 0;
  #longestSeconds = 0;
  /** When writes were last lost as far as this process knows, in seconds since 1970. */
  #lostAt = 0;
  /** The latest loss that was told, by the server's clock. */
  #toldLostAt = 0;

  constructor(commands: RedisCommands, prefix: string, isEmptyLost: boolean) {
    const buckets = Array.from({ length: commands.isCluster ? bucketsOfCluster : 1 }, (_, bucket) => bucket);
    this.#commands = commands;
    this.#isEmptyLost = isEmptyLost;
    this.#counters = buckets.map((bucket) => new WriteCounter(`${prefix}{${bucket}}`));
  }

  async register({ id, lifetimeSeconds, usableSince }: UsedProof): Promise<boolean> {
    this.#longestSeconds = Math.max(this.#longestSeconds, lifetimeSeconds);
    const counter = this.#counterOf(id);
    const key = `${counter.name}:${id}`;
    const milliseconds = Math.ceil(lifetimeSeconds * 1000);
    const isTaken = await this.#count(counter, async (request) => {
      const [reply, after] = await this.#commands.register({ ...request, key, milliseconds });
      return [readTaken(reply), readCounter(after)];
    });
    if (!isTaken) return false;
    this.#checkUnlost(usableSince);
    return true;
  }

  #counterOf(id: string): WriteCounter {
    const bucket = Buffer.from(id, 'base64url').readUInt8() % this.#counters.length;
    return this.#counters[bucket] as WriteCounter;
  }

  /** Sends a request that counts, and notices what its reply says of losses. */
  async #count<T>(
    counter: WriteCounter,
    send: (request: Count) => Promise<readonly [answer: T, reply: CounterReply]>,
  ): Promise<T> {
    const glance = counter.look();
    const lastsUntil = monotonicSeconds() + this.#longestSeconds;
    const counterMilliseconds = Math.ceil((this.#longestSeconds + skewSeconds) * 1000);
    const { atLeast } = glance;
    const epoch = randomUUID();
    const isNewLost = this.#isEmptyLost;
    const request = { counter: counter.name, counterMilliseconds, atLeast, epoch, isNewLost };
    const [answer, reply] = await this.#ask(() => send(request));
    this.#learn(Math.floor(reply.count / countsASecond));
    const isLoss = counter.note(reply, glance, lastsUntil);
    if (isLoss || (isNewLost && reply.epoch === epoch)) await this.#tellOthers(reply.seconds);
    return answer;
  }

  async #ask<T>(send: () => Promise<T>): Promise<T> {
    if (this.#waiting >= mostWaiting) throw tooManyWaiting();
    this.#waiting += 1;
    try {
      return await send();
    } catch (error) {
      throw error instanceof ReplayStoreError ? error : describeRedisFailure(error);
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Takes note of a loss that is told. It is judged once, so that it ends, however far ahead it is. */
  #learn(toldLostAt: number): void {
    if (toldLostAt <= this.#toldLostAt) return;
    this.#toldLostAt = toldLostAt;
    this.#lostAt = Math.max(this.#lostAt, Math.min(toldLostAt, Math.ceil(wallSeconds()) + mostAheadSeconds));
  }

  /**
   * Raises all counters to the time of a loss by the server's clock: that of this process may be wrong, and counts only
   * here. A counter that cannot be reached is raised by a later request.
   */
  async #tellOthers(serverSeconds: number): Promise<void> {
    this.#learn(serverSeconds);
    this.#lostAt = Math.max(this.#lostAt, Math.ceil(wallSeconds()));
    const atLeast = serverSeconds * countsASecond;
    const raising = this.#counters.map((counter) => {
      counter.raise(atLeast);
      return this.#count(counter, async (request) => [
        undefined,
        readCounter(await this.#commands.count(request)),
      ]);
    });
    await Promise.allSettled(raising);
  }

  /** A proof that could be used before the loss may have been, and nobody knows. */
  #checkUnlost(usableSince: number): void {
    const clearAfter = this.#lostAt + skewSeconds;
    if (usableSince > clearAfter) return;
    const retryAfterSeconds = Math.min(clearAfter - usableSince, this.#longestSeconds) + 1;
    throw new ReplayStoreError('replay_store_lost', describeLoss(retryAfterSeconds), retryAfterSeconds);
  }
}

function describeLoss(seconds: number): string {
  const what = 'Redis has lost proofs that were used, or may have: it was started again,';
  const also = 'another took over, or keys were deleted.';
  const effect = `Proofs that may be from before get 503, which is all of them for about ${Math.ceil(seconds)} seconds.`;
  return `${what} ${also} ${effect} Which deployment keeps them: docs/sender-constrained-tokens.md.`;
}

function tooManyWaiting(): ReplayStoreError {
  const what = `${mostWaiting} proofs wait for an answer of Redis already.`;
  const cure = 'Is it up, and is the client connected?';
  return new ReplayStoreError('replay_store_failed', `${what} ${cure}`);
}
