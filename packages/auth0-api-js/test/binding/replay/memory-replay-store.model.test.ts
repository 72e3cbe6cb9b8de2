import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { DigestIndex } from '../../../src/binding/replay/digest-index.js';
import { memoryReplayStore } from '../../../src/binding/replay/memory-replay-store.js';
import { ProofQueue } from '../../../src/binding/replay/proof-queue.js';
import { readDigest } from '../../../src/binding/replay/read-digest.js';
import { ReplayStoreError } from '../../../src/binding/replay/replay-store.js';
import { stopTime } from '../../support/clock.js';
import { digestOf, usedProof } from '../../support/used-proof.js';

/** Eighths of a second, so that no time is rounded. In milliseconds. */
const tick = 125;

/** What the store must do, with a plain list. Time is counted in ticks. */
class Model {
  readonly #held: { id: number; client: number; expiresAt: number }[] = [];
  readonly #maxEntries: number;
  readonly #maxEntriesPerKey: number;
  now = 0;

  constructor(maxEntries: number, maxEntriesPerKey: number) {
    this.#maxEntries = maxEntries;
    this.#maxEntriesPerKey = maxEntriesPerKey;
  }

  register(id: number, client: number, lifetime: number): string {
    while (this.#held[0] !== undefined && this.#held[0].expiresAt <= this.now) this.#held.shift();
    const expiresAt = this.now + lifetime;
    const known = this.#held.find((one) => one.id === id);
    if (known !== undefined && known.expiresAt > this.now) return 'used';
    if (known !== undefined) {
      known.expiresAt = expiresAt;
      return 'new';
    }
    const ofClient = this.#held.filter((one) => one.client === client);
    if (ofClient.length >= this.#maxEntriesPerKey) return this.#full('replay_client_full', ofClient[0]);
    if (this.#held.length >= this.#maxEntries) return this.#full('replay_store_full', this.#held[0]);
    this.#held.push({ id, client, expiresAt });
    return 'new';
  }

  #full(reason: string, oldest: { expiresAt: number } | undefined): string {
    return `${reason} ${Math.max(0, (oldest?.expiresAt ?? 0) - this.now)}`;
  }
}

const runs = Number(process.env['MODEL_RUNS'] ?? 700);
const digests = Array.from({ length: 40 }, (_, n) => digestOf(String(n)));

describe('memoryReplayStore', () => {
  it('does what a list of proofs would do, whatever happens in whatever order', () => {
    const step = fc.record({
      id: fc.nat(30),
      client: fc.nat(3),
      lifetime: fc.oneof({ weight: 3, arbitrary: fc.constant(8) }, fc.integer({ min: 1, max: 24 })),
      wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 }), fc.constant(16)),
    });
    const seen = new Set<string>();
    const property = fc.property(
      fc.array(step, { maxLength: 120, size: 'max' }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 8 }),
      (steps, maxEntries, maxEntriesPerKey) => {
        stopTime();
        const store = memoryReplayStore({ maxEntries, maxEntriesPerKey });
        const model = new Model(maxEntries, maxEntriesPerKey);
        for (const { id, client, lifetime, wait } of steps) {
          vi.advanceTimersByTime(wait * tick);
          model.now += wait;
          const expected = model.register(id, client, lifetime);
          seen.add(expected.split(' ')[0] ?? '');
          const proof = usedProof('', {
            id: digests[id] ?? '',
            client: digests[client] ?? '',
            lifetimeSeconds: (lifetime * tick) / 1000,
          });
          expect(outcomeOf(() => store.register(proof))).toBe(expected);
        }
        vi.useRealTimers();
      },
    );
    fc.assert(property, { numRuns: runs, seed: 4711 });
    expect([...seen].sort()).toEqual(['new', 'replay_client_full', 'replay_store_full', 'used']);
  });
});

describe('DigestIndex', () => {
  it('finds what was added and not removed, in a crowd, and beyond the end of the sequence numbers', () => {
    const first = 2 ** 31 - 5_000;
    const queue = new ProofQueue(first);
    const index = new DigestIndex(queue);
    const share = { key: '', count: 0, oldest: 0, newest: 0 };
    const words = new Uint32Array(4);
    const find = (name: string): number | undefined => {
      readDigest(digestOf(name), words);
      return index.find(words);
    };
    const total = 30_000;
    const held = 9_000;
    for (let n = 0; n < total; n++) {
      readDigest(digestOf(String(n)), words);
      index.add(queue.push({ words, share, expiresAt: n }));
      if (queue.length <= held) continue;
      index.remove(queue.front);
      queue.shift();
    }
    const found = Array.from({ length: total }, (_, n) => find(String(n)));
    const expected = found.map((_, n) => (n < total - held ? undefined : (first + n) % 2 ** 31));
    expect(found).toEqual(expected);
    while (queue.length > 3) {
      index.remove(queue.front);
      queue.shift();
    }
    expect(find(String(total - 1))).toBe((first + total - 1) % 2 ** 31);
    expect(find(String(total - 4))).toBeUndefined();
  });
});

/** What was answered or thrown, with the wait in ticks. */
function outcomeOf(act: () => unknown): string {
  try {
    return act() === true ? 'new' : 'used';
  } catch (error) {
    if (!(error instanceof ReplayStoreError)) throw error;
    return `${error.reason} ${(error.retryAfterSeconds * 1000) / tick}`;
  }
}
