import type { TrustedIssuer } from './trusted-issuers.js';

/** How many are looked at to make room for one. What is too many after a rush goes with the next ones. */
const mostLooks = 10;

/** A few issuers: those that were used most recently. */
export class RecentIssuers {
  readonly #max: number;
  readonly #onForget: (forgotten: TrustedIssuer) => void;
  /** The one that was used longest ago comes first. */
  readonly #issuers = new Map<string, TrustedIssuer>();

  /** @param max - How many are kept; the one in use is, in any case. */
  constructor(max: number, onForget: (forgotten: TrustedIssuer) => void) {
    this.#max = Math.max(1, max);
    this.#onForget = onForget;
  }

  get(issuer: string): TrustedIssuer | undefined {
    return this.#issuers.get(issuer);
  }

  /** Keeps an issuer as the one that was used last. */
  use(trusted: TrustedIssuer): void {
    this.#issuers.delete(trusted.issuer);
    this.#issuers.set(trusted.issuer, trusted);
    this.#forgetSome(trusted);
  }

  /** Lets an issuer go without forgetting it. */
  release(issuer: string): void {
    this.#issuers.delete(issuer);
  }

  list(): readonly TrustedIssuer[] {
    return [...this.#issuers.values()];
  }

  /** Forgets those that were used longest ago; not one whose keys are on their way, since requests wait for them. */
  #forgetSome(justUsed: TrustedIssuer): void {
    let looks = mostLooks;
    for (const trusted of this.#issuers.values()) {
      if (this.#issuers.size <= this.#max || looks-- === 0) return;
      if (trusted === justUsed || trusted.keys.health().isFetching) continue;
      this.#issuers.delete(trusted.issuer);
      this.#onForget(trusted);
    }
  }
}
