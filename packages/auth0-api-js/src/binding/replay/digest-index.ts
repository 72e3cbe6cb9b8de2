import { randomInt } from 'node:crypto';
import type { ProofQueue } from './proof-queue.js';

const free = -1;
const smallest = 1024;

/**
 * Finds a proof in the queue by its digest: a hash table with open addressing that holds sequence numbers only, and at
 * least half of it stays free.
 *
 * Where a digest belongs depends on numbers that only this process knows. A client that tries many proofs until their
 * digests look alike gains nothing.
 */
export class DigestIndex {
  readonly #queue: ProofQueue;
  readonly #factors = [randomOdd(), randomOdd()] as const;
  readonly #secret = randomInt(2 ** 32);
  #slots = new Int32Array(smallest).fill(free);
  #count = 0;

  constructor(queue: ProofQueue) {
    this.#queue = queue;
  }

  /** The sequence number of the proof with this digest. */
  find(words: Uint32Array): number | undefined {
    let at = this.#home(words[0] ?? 0, words[1] ?? 0);
    for (;;) {
      const sequence = this.#slots[at] ?? free;
      if (sequence === free) return undefined;
      if (this.#isDigestOf(sequence, words)) return sequence;
      at = this.#after(at);
    }
  }

  /** Takes up a proof that is in the queue, and not yet in here. */
  add(sequence: number): void {
    this.#count += 1;
    if (this.#count * 2 > this.#slots.length) this.#resize(this.#slots.length * 2);
    this.#place(sequence);
  }

  /** Gives up a proof, which must still be in the queue. What stands behind it moves up, so that no gap hides it. */
  remove(sequence: number): void {
    let gap = this.#homeOf(sequence);
    while (this.#slots[gap] !== sequence) gap = this.#after(gap);
    for (let at = this.#after(gap); this.#slots[at] !== free; at = this.#after(at)) {
      const other = this.#slots[at] ?? free;
      if (this.#distance(this.#homeOf(other), at) < this.#distance(gap, at)) continue;
      this.#slots[gap] = other;
      gap = at;
    }
    this.#slots[gap] = free;
    this.#count -= 1;
    const isSparse = this.#slots.length > smallest && this.#count * 8 < this.#slots.length;
    if (isSparse) this.#resize(this.#slots.length / 2);
  }

  #resize(length: number): void {
    const old = this.#slots;
    this.#slots = new Int32Array(length).fill(free);
    for (const sequence of old) if (sequence !== free) this.#place(sequence);
  }

  #place(sequence: number): void {
    let at = this.#homeOf(sequence);
    while (this.#slots[at] !== free) at = this.#after(at);
    this.#slots[at] = sequence;
  }

  #isDigestOf(sequence: number, words: Uint32Array): boolean {
    return words.every((word, index) => word === this.#queue.wordOf(sequence, index));
  }

  #homeOf(sequence: number): number {
    return this.#home(this.#queue.wordOf(sequence, 0), this.#queue.wordOf(sequence, 1));
  }

  #home(first: number, second: number): number {
    const mixed = Math.imul(first ^ this.#secret, this.#factors[0]) ^ Math.imul(second, this.#factors[1]);
    return (mixed ^ (mixed >>> 15)) & (this.#slots.length - 1);
  }

  #after(at: number): number {
    return (at + 1) & (this.#slots.length - 1);
  }

  /** How far apart two slots are, going up. */
  #distance(from: number, to: number): number {
    return (to - from) & (this.#slots.length - 1);
  }
}

function randomOdd(): number {
  return randomInt(2 ** 31) * 2 + 1;
}
