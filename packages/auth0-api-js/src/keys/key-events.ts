import { monotonicSeconds } from '../clock.js';
import type { EventListener } from '../events.js';
import type { HeldKeys } from './held-keys.js';

/** What the events about the keys of an issuer are told with. */
export interface KeyEventsSettings {
  readonly issuer: string;
  readonly emit: EventListener;
}

/** A key that was left out of a set. */
interface SkippedKey {
  readonly index: number;
  readonly message: string;
}

/** Tells the application of what becomes of the keys in memory: once for each change, never once a request. */
export class KeyEvents {
  readonly #settings: KeyEventsSettings;
  #told: 'keys_stale' | 'keys_expired' | undefined;
  #skipped = '';

  constructor(settings: KeyEventsSettings) {
    this.#settings = settings;
  }

  /** The keys are past their time, and are used. */
  tellStale({ fetchedAt, staleUntil }: HeldKeys): void {
    if (this.#told === 'keys_stale') return;
    this.#told = 'keys_stale';
    const { issuer, emit } = this.#settings;
    const now = monotonicSeconds();
    const ageSeconds = Math.round(now - fetchedAt);
    const usableForSeconds = Math.max(0, Math.round(staleUntil - now));
    emit({ type: 'keys_stale', issuer, ageSeconds, usableForSeconds });
  }

  /** The keys are too old to be used. */
  tellExpired({ fetchedAt }: HeldKeys): void {
    if (this.#told === 'keys_expired') return;
    this.#told = 'keys_expired';
    const { issuer, emit } = this.#settings;
    emit({ type: 'keys_expired', issuer, ageSeconds: Math.round(monotonicSeconds() - fetchedAt) });
  }

  /** New keys are there. */
  tellFresh(): void {
    this.#told = undefined;
  }

  /** Collects what is left out of one answer, and tells of it if it is something else than the last time. */
  collectSkipped(): { onSkip: (index: number, message: string) => void; tellSkipped: () => void } {
    const { issuer, emit } = this.#settings;
    const skipped: SkippedKey[] = [];
    return {
      onSkip: (index, message) => skipped.push({ index, message }),
      tellSkipped: () => {
        const summary = JSON.stringify(skipped);
        if (summary === this.#skipped) return;
        this.#skipped = summary;
        for (const { index, message } of skipped) emit({ type: 'key_skipped', issuer, index, message });
      },
    };
  }
}
