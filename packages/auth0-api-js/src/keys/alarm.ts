import { monotonicSeconds } from '../clock.js';

/** The longest time a timer of Node can be set to, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** Rings once, at a time that can be moved. It does not keep the process alive. */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at = 0;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Sets it, instead of whatever it was set to. */
  set(seconds: number): void {
    this.stop();
    const milliseconds = Math.min(Math.max(0, seconds * 1000), longestTimer);
    this.#at = monotonicSeconds() + milliseconds / 1000;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#ring();
    }, milliseconds).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Seconds until it rings; nothing if it is not set. */
  secondsLeft(): number | undefined {
    return this.#timer === undefined ? undefined : Math.max(0, this.#at - monotonicSeconds());
  }
}
