import { monotonicSeconds } from '../../clock.js';
import type { EventListener, ReplayStoreReason } from '../../events.js';
import type { ReplayStoreError } from './replay-store.js';

/** What became of the request. */
type Outcome = 'refused' | 'allowed';

/** What goes on, or comes and goes, is told of so often. In seconds. */
const toldEvery = 60;

/**
 * Whether the replay store is away, for the application's log: told when it begins, once for each way in which it fails,
 * and when it ends. Never once a request, and not to and fro where two kinds of failure take turns.
 */
export class ReplayOutage {
  readonly #emit: EventListener;
  /** The failures of this outage that were told. */
  readonly #told = new Set<ReplayStoreReason>();
  readonly #toldAt = new Map<ReplayStoreReason, number>();
  /** Until then older proofs may be refused while newer ones are accepted, on the monotonic clock. */
  #lostUntil = -Infinity;

  constructor(emit: EventListener) {
    this.#emit = emit;
  }

  /** The store could not tell. */
  note({ reason, message, retryAfterSeconds }: ReplayStoreError, outcome: Outcome): void {
    if (reason === 'replay_store_lost')
      this.#lostUntil = Math.max(this.#lostUntil, monotonicSeconds() + retryAfterSeconds);
    if (this.#told.has(reason) || !this.#isDue(reason)) return;
    this.#told.add(reason);
    this.#emit({ type: 'replay_store_outage', reason, message, outcome });
  }

  /** One client has no room left. The store is well, so this neither begins an outage nor ends with one. */
  noteClientFull({ reason, message }: ReplayStoreError): void {
    if (!this.#isDue(reason)) return;
    this.#emit({ type: 'replay_store_outage', reason, message, outcome: 'refused' });
  }

  #isDue(reason: ReplayStoreReason): boolean {
    const now = monotonicSeconds();
    if (now - (this.#toldAt.get(reason) ?? -Infinity) < toldEvery) return false;
    this.#toldAt.set(reason, now);
    return true;
  }

  /** The store has answered. */
  end(): void {
    if (this.#told.size === 0 || monotonicSeconds() < this.#lostUntil) return;
    this.#told.clear();
    this.#emit({ type: 'replay_store_recovery' });
  }
}
