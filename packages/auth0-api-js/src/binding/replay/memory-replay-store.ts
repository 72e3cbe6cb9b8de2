import { monotonicSeconds } from '../../clock.js';
import { Alarm } from '../../keys/alarm.js';
import { checkDefined } from '../../options/check-defined.js';
import { invalidOption } from '../../options/invalid-option.js';
import { readNumber } from '../../options/read-number.js';
import { readOptions } from '../../read-options.js';
import { ClientShares, type ClientShare } from './client-shares.js';
import { DigestIndex } from './digest-index.js';
import { ProofQueue } from './proof-queue.js';
import { readDigest, readDigestText } from './read-digest.js';
import { ReplayStoreError, type ReplayStore, type UsedProof } from './replay-store.js';

/** How many proofs are remembered at most. */
export interface MemoryReplayStoreOptions {
  /** Of all clients: 1000000 by default, some 60 MB. It must cover what comes within the lifetime of a proof. */
  maxEntries?: number;
  /** Of one client key: 100000 by default, so that no client takes the room of the others. */
  maxEntriesPerKey?: number;
}

/** A replay store that answers at once. */
export interface MemoryReplayStore extends ReplayStore {
  register(proof: UsedProof): boolean;
}

const group = 'memoryReplayStore';
const names = ['maxEntries', 'maxEntriesPerKey'] as const;
/** So many can be told apart. */
const mostEntries = 2 ** 29;
/** So many proofs that are past their time go with each new one: more than come, and too few to be felt. */
const purgedAtATime = 8;

/**
 * Remembers used proofs in the memory of this process. It answers at once, without a promise.
 *
 * A proof is never forgotten before its time: when there is no room, `register` throws a `ReplayStoreError`,
 * `replay_store_full` or, where one client has used its share up, `replay_client_full`. Memory follows what is held, and
 * goes back to nothing after the last proof's time.
 *
 * Other processes do not know of these proofs: with several, each accepts a proof once, and so does one that was started
 * again. `redisReplayStore` is for them.
 *
 * @throws InvalidConfigurationError: an option that cannot work.
 */
export function memoryReplayStore(options: MemoryReplayStoreOptions = {}): MemoryReplayStore {
  const given = readOptions(options, names, group);
  checkDefined(given, names, group);
  return new MemoryStore(
    readCount(given.maxEntries ?? 1_000_000, 'maxEntries'),
    readCount(given.maxEntriesPerKey ?? 100_000, 'maxEntriesPerKey'),
  );
}

function readCount(value: unknown, name: string): number {
  const count = readNumber(value, { group, name }, 1, mostEntries);
  if (Number.isInteger(count)) return count;
  throw invalidOption(group, `"${name}" must be a whole number`);
}

class MemoryStore implements MemoryReplayStore {
  readonly #maxEntries: number;
  readonly #maxEntriesPerKey: number;
  readonly #alarm = new Alarm(() => this.#clearWhenIdle());
  readonly #words = new Uint32Array(4);
  #queue = new ProofQueue();
  #index = new DigestIndex(this.#queue);
  #shares = new ClientShares(this.#queue);
  /** When the last of them goes. */
  #emptyAt = 0;

  constructor(maxEntries: number, maxEntriesPerKey: number) {
    this.#maxEntries = maxEntries;
    this.#maxEntriesPerKey = maxEntriesPerKey;
  }

  register({ id, client, lifetimeSeconds }: UsedProof): boolean {
    const now = monotonicSeconds();
    const expiresAt = now + lifetimeSeconds;
    this.#purge(now, purgedAtATime);
    readDigest(id, this.#words);
    const known = this.#index.find(this.#words);
    if (known !== undefined && this.#queue.expiryOf(known) > now) return false;
    if (known === undefined) this.#add(readDigestText(client), now, expiresAt);
    else this.#queue.renew(known, expiresAt);
    this.#emptyAt = Math.max(this.#emptyAt, expiresAt);
    return true;
  }

  #add(client: string, now: number, expiresAt: number): void {
    if (this.#findFull(client) !== undefined) this.#checkRoom(client, now);
    if (this.#queue.length === 0) this.#alarm.set(expiresAt - now);
    const share = this.#shares.open(client);
    const sequence = this.#queue.push({ words: this.#words, share, expiresAt });
    this.#shares.add(share, sequence);
    this.#index.add(sequence);
  }

  /** Makes sure that it is full of proofs that count. */
  #checkRoom(client: string, now: number): void {
    this.#purge(now, Infinity);
    const full = this.#findFull(client);
    if (full !== undefined) throw full.toError(this.#queue.expiryOf(full.oldest) - now);
  }

  /** What has no room for a proof of this client: its share, or the store. */
  #findFull(client: string): Full | undefined {
    const share = this.#shares.find(client);
    if (share !== undefined && share.count >= this.#maxEntriesPerKey)
      return { oldest: share.oldest, toError: clientFull };
    return this.#queue.length >= this.#maxEntries
      ? { oldest: this.#queue.front, toError: storeFull }
      : undefined;
  }

  /** Drops proofs that are past their time, from the front. One that came earlier and lasts longer holds up the others. */
  #purge(now: number, most: number): void {
    if (this.#queue.length > 0 && this.#emptyAt <= now) return this.#clear();
    for (let left = most; left > 0 && this.#queue.length > 0; left--) {
      const { front } = this.#queue;
      if (this.#queue.expiryOf(front) > now) return;
      this.#index.remove(front);
      this.#shares.dropOldest(this.#queue.shareOf(front) as ClientShare);
      this.#queue.shift();
    }
  }

  #clear(): void {
    this.#queue = new ProofQueue();
    this.#index = new DigestIndex(this.#queue);
    this.#shares = new ClientShares(this.#queue);
  }

  /** Nobody may ever ask again, and memory goes all the same. */
  #clearWhenIdle(): void {
    this.#purge(monotonicSeconds(), 0);
    if (this.#queue.length > 0) this.#alarm.set(this.#emptyAt - monotonicSeconds());
  }
}

/** Where there is no room, and whose going makes some. */
interface Full {
  readonly oldest: number;
  readonly toError: (seconds: number) => ReplayStoreError;
}

function clientFull(seconds: number): ReplayStoreError {
  const what =
    'One client key has used up its share of the replay store with proofs that are still acceptable.';
  const cure = 'If its requests are wanted, raise "maxEntriesPerKey".';
  return new ReplayStoreError('replay_client_full', `${what} ${cure}`, Math.max(0, seconds));
}

function storeFull(seconds: number): ReplayStoreError {
  const what = 'The replay store is full of proofs that are still acceptable.';
  const cure = 'Raise "maxEntries" of memoryReplayStore(), or accept proofs for a shorter time.';
  return new ReplayStoreError('replay_store_full', `${what} ${cure}`, Math.max(0, seconds));
}
