import { monotonicSeconds } from '../../clock.js';
import type { CounterReply } from './read-redis-reply.js';

/** What was known of the counter when a request was sent. */
export interface Glance {
  readonly seen: number;
  readonly seenUntil: number;
  readonly losses: number;
  /** What the counter must reach. */
  readonly atLeast: number;
}

/** How a reply says which counter it is of. */
export type Mark = Pick<CounterReply, 'count' | 'epoch' | 'run'>;

/**
 * What this process knows of a counter that goes up with every proof that anybody registers. Where it does not go up, was
 * made anew, or is of another run of the server, what was written may be lost: the server was started again, went back to
 * a copy, or another took over that had lagged.
 */
export class WriteCounter {
  /** Its key. */
  readonly name: string;
  #seen = 0;
  #epoch = '';
  #run = '';
  #seenUntil = -Infinity;
  #losses = 0;
  #owed = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** What is known now, before a request is sent. */
  look(): Glance {
    return { seen: this.#seen, seenUntil: this.#seenUntil, losses: this.#losses, atLeast: this.#owed };
  }

  /**
   * Takes note of a reply.
   *
   * @param lastsUntil - Until when the counter lives at least. After that it may be gone because nobody asked.
   * @returns Whether the server has lost writes since, which nobody has noticed here yet.
   */
  note({ count, epoch, run }: Mark, glance: Glance, lastsUntil: number): boolean {
    if (count >= this.#owed) this.#owed = 0;
    // The request was sent before a loss was noticed: its reply may be from before it.
    if (glance.losses !== this.#losses) return false;
    const now = monotonicSeconds();
    const isKnown = now < this.#seenUntil;
    // Known when the reply arrives: nothing may have been when the request was sent. Counts may overtake one another.
    const isOther = isKnown && (epoch !== this.#epoch || run !== this.#run);
    const isLoss = isOther || (count <= glance.seen && now < glance.seenUntil);
    if (isLoss) this.#losses += 1;
    if (isLoss || !isKnown || count > this.#seen) this.#seen = count;
    this.#epoch = epoch;
    this.#run = run;
    this.#seenUntil = Math.max(this.#seenUntil, lastsUntil);
    return isLoss;
  }

  /** Lets requests raise the counter until one has. */
  raise(atLeast: number): void {
    this.#owed = Math.max(this.#owed, atLeast);
  }
}
