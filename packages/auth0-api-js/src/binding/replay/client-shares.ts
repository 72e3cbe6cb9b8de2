import type { ProofQueue } from './proof-queue.js';

/** What one client holds of the store. Its proofs are a chain through the queue. */
export interface ClientShare {
  readonly key: string;
  count: number;
  /** The sequence number of its oldest proof. */
  oldest: number;
  newest: number;
}

/** How much of the store each client holds. A client without a proof is not known. */
export class ClientShares {
  readonly #queue: ProofQueue;
  readonly #shares = new Map<string, ClientShare>();

  constructor(queue: ProofQueue) {
    this.#queue = queue;
  }

  find(key: string): ClientShare | undefined {
    return this.#shares.get(key);
  }

  /** The share of a client that is about to use a proof. */
  open(key: string): ClientShare {
    const share = this.#shares.get(key) ?? { key, count: 0, oldest: 0, newest: 0 };
    this.#shares.set(key, share);
    return share;
  }

  /** A client has used a proof. */
  add(share: ClientShare, sequence: number): void {
    if (share.count === 0) share.oldest = sequence;
    else this.#queue.link(share.newest, sequence);
    share.newest = sequence;
    share.count += 1;
  }

  /** The oldest proof of a client goes. */
  dropOldest(share: ClientShare): void {
    share.count -= 1;
    if (share.count === 0) this.#shares.delete(share.key);
    else share.oldest = this.#queue.nextOfClient(share.oldest);
  }
}
