import { monotonicSeconds } from '../clock.js';

/** Lets something happen at most once in a while. */
export class Cooldown {
  readonly #seconds: number;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  /** Takes the turn, if there is one. */
  take(): boolean {
    const now = monotonicSeconds();
    if (now - this.#lastAt < this.#seconds) return false;
    this.#lastAt = now;
    return true;
  }
}
