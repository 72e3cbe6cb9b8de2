import type { ClientShare } from './client-shares.js';

/** What is kept of a proof, apart from its place. */
export interface QueuedProof {
  /** The first 128 bits of its digest, as four words; they are copied. */
  readonly words: Uint32Array;
  readonly share: ClientShare;
  /** On the monotonic clock, in seconds. */
  readonly expiresAt: number;
}

/** So many proofs stand in one page. A page is made and dropped as a whole, so memory follows what is held. */
const pageSize = 4096;
/** Sequence numbers start again here; never so many proofs are held at a time. */
const sequenceMask = 0x7fffffff;

/** Columns instead of objects: 36 bytes a proof. */
class Page {
  readonly words = new Uint32Array(pageSize * 4);
  readonly expiresAt = new Float64Array(pageSize);
  readonly nextOfClient = new Int32Array(pageSize);
  readonly shares: ClientShare[] = [];
}

/** Proofs in the order they were used in, the oldest at the front. Each has a sequence number while it is here. */
export class ProofQueue {
  readonly #pages = new Map<number, Page>();
  #front: number;
  #length = 0;

  /** @param front - The first sequence number. */
  constructor(front = 0) {
    this.#front = front;
  }

  get length(): number {
    return this.#length;
  }

  /** The sequence number of the oldest proof; the queue must not be empty. */
  get front(): number {
    return this.#front;
  }

  /** Appends a proof, and answers with its sequence number. */
  push({ words, share, expiresAt }: QueuedProof): number {
    const sequence = (this.#front + this.#length) & sequenceMask;
    const number = Math.floor(sequence / pageSize);
    const page = this.#pages.get(number) ?? new Page();
    this.#pages.set(number, page);
    const at = sequence % pageSize;
    page.words.set(words, at * 4);
    page.expiresAt[at] = expiresAt;
    page.shares[at] = share;
    this.#length += 1;
    return sequence;
  }

  /** Drops the oldest proof. */
  shift(): void {
    const dropped = this.#front;
    this.#front = (dropped + 1) & sequenceMask;
    this.#length -= 1;
    const isLastOfPage = this.#front % pageSize === 0;
    if (isLastOfPage || this.#length === 0) this.#pages.delete(Math.floor(dropped / pageSize));
  }

  /** One of the four words of a proof's digest. */
  wordOf(sequence: number, index: number): number {
    return this.#pageOf(sequence).words[(sequence % pageSize) * 4 + index] ?? 0;
  }

  expiryOf(sequence: number): number {
    return this.#pageOf(sequence).expiresAt[sequence % pageSize] ?? 0;
  }

  /** Gives a proof more time; its place stays. */
  renew(sequence: number, expiresAt: number): void {
    this.#pageOf(sequence).expiresAt[sequence % pageSize] = expiresAt;
  }

  shareOf(sequence: number): ClientShare | undefined {
    return this.#pageOf(sequence).shares[sequence % pageSize];
  }

  /** The proof that the same client used next after this one, as {@link link} was told. */
  nextOfClient(sequence: number): number {
    return this.#pageOf(sequence).nextOfClient[sequence % pageSize] ?? 0;
  }

  link(sequence: number, next: number): void {
    this.#pageOf(sequence).nextOfClient[sequence % pageSize] = next;
  }

  #pageOf(sequence: number): Page {
    const page = this.#pages.get(Math.floor(sequence / pageSize));
    if (page === undefined) throw new RangeError('No proof has this sequence number.');
    return page;
  }
}
