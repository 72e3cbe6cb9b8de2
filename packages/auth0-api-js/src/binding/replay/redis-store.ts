import { randomUUID } from 'node:crypto';
import { monotonicSeconds, wallSeconds } from '../../clock.js';
import type { IoredisClient, NodeRedisClient } from './check-redis-client.js';
import { countsASecond, createRedisCommands, type Count, type RedisCommands } from './redis-commands.js';
import { readCounter, readTaken, type CounterReply } from './read-redis-reply.js';
import { describeRedisFailure } from './redis-failure.js';
import { ReplayStoreError, type ReplayStore, type UsedProof } from './replay-store.js';
import { WriteCounter } from './write-counter.js';

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

/** The store behind `redisReplayStore()`, which says what it does; its options are checked there. */
export class RedisStore implements ReplayStore {
  readonly #commands: RedisCommands;
  readonly #counters: readonly WriteCounter[];
  readonly #isEmptyLost: boolean;
  #waiting = 0;
  #longestSeconds = 0;
  /** When writes were last lost as far as this process knows, in seconds since 1970. */
  #lostAt = 0;
  /** The latest loss that was told, by the server's clock. */
  #toldLostAt = 0;

  constructor(client: NodeRedisClient | IoredisClient, prefix: string, isEmptyLost: boolean) {
    const commands = createRedisCommands(client);
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
