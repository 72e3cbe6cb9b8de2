import { monotonicSeconds } from '../clock.js';
import { TemporarilyUnavailableError } from '../errors.js';
import type { EventListener } from '../events.js';
import { whenReady } from '../when-ready.js';
import { Alarm } from './alarm.js';
import { Cooldown } from './cooldown.js';
import { startDeadline } from './deadline.js';
import type { Fetch } from './fetch-json.js';
import { fetchKeySet } from './fetch-key-set.js';
import { holdKeys, refreshAfterSeconds, stateOf, type HeldKeys } from './held-keys.js';
import type { VerificationKey } from './import-key.js';
import { IssuerFailure } from './issuer-failure.js';
import type { KeySet } from './key-set.js';
import type { KeySettings } from './key-settings.js';
import { KeyEvents } from './key-events.js';
import type { KeySource, KeySourceHealth } from './key-source.js';
import { Outage } from './outage.js';
import { readStoredKeySet, storeKeySet, type StoredKeySet } from './stored-key-set.js';

/** What an issuer's keys are fetched with. */
export interface IssuerKeysSettings extends KeySettings {
  readonly issuer: string;
  /** Where the keys are; nothing if the issuer's metadata says it. */
  readonly jwksUri: string | undefined;
  readonly fetch: Fetch;
  readonly emit: EventListener;
  /** Keys that another process had; used if they are not too old. */
  readonly stored: StoredKeySet | undefined;
}

/**
 * The keys of one issuer: fetched when they are needed first, then refreshed by themselves before they are due, and kept
 * while the issuer is away. `docs/architecture.md` draws its states.
 */
export class IssuerKeys implements KeySource {
  readonly #settings: IssuerKeysSettings;
  readonly #events: KeyEvents;
  readonly #outage: Outage;
  readonly #unknownKeys: Cooldown;
  /** Rings when the next attempt is due, whether or not a request comes. */
  readonly #alarm = new Alarm(() => {
    this.#attempt().catch(() => {});
  });
  readonly #closing = new AbortController();
  #held: HeldKeys | undefined;
  #flight: Promise<KeySet> | undefined;

  constructor(settings: IssuerKeysSettings) {
    this.#settings = settings;
    this.#events = new KeyEvents(settings);
    this.#outage = new Outage(settings);
    this.#unknownKeys = new Cooldown(settings.unknownKeyCooldownSeconds);
    this.#takeStored(settings.stored);
  }

  select(
    alg: string,
    kid: string | undefined,
  ): readonly VerificationKey[] | Promise<readonly VerificationKey[]> {
    const before = this.#held;
    return whenReady(this.#current(), (keySet) => {
      const keys = keySet.select(alg, kid);
      if (keys.length > 0 || kid === undefined || keySet.has(kid)) return keys;
      // What was fetched a moment ago need not be fetched again.
      if (this.#held !== before || !this.#mayLookAgain()) return keys;
      return this.#fetch().then((newer) => newer.select(alg, kid));
    });
  }

  list(): readonly VerificationKey[] {
    return this.#held?.keySet.keys ?? [];
  }

  async prepare(): Promise<void> {
    if (!this.health().isUsable) await this.#fetch();
  }

  health(): KeySourceHealth {
    const now = monotonicSeconds();
    const state = stateOf(this.#held, now);
    const { failure, failedAt } = this.#outage;
    const next = this.#alarm.secondsLeft();
    return {
      state,
      isUsable: state === 'fresh' || state === 'stale',
      keyCount: this.list().length,
      isFetching: this.#flight !== undefined,
      ...(this.#held && { ageSeconds: now - this.#held.fetchedAt }),
      ...(failure && {
        lastError: {
          reason: failure.reason,
          url: failure.url,
          message: failure.message,
          secondsAgo: now - failedAt,
        },
      }),
      ...(next !== undefined && { nextAttemptInSeconds: next }),
    };
  }

  store(): StoredKeySet | undefined {
    if (this.#held === undefined) return undefined;
    return storeKeySet(this.#settings.issuer, this.#held, monotonicSeconds() - this.#held.fetchedAt);
  }

  close(): void {
    this.#alarm.stop();
    this.#closing.abort(new ClosedError());
  }

  /** The keys to use now: those in memory while they are fresh, and while nobody can have newer ones. */
  #current(): KeySet | Promise<KeySet> {
    const held = this.#held;
    const state = stateOf(held, monotonicSeconds());
    if (held !== undefined && state === 'fresh') return held.keySet;
    if (held === undefined || state !== 'stale') {
      // A process that slept over it, or was closed, knows nothing of an outage.
      if (held !== undefined && this.#outage.failure !== undefined) this.#events.tellExpired(held);
      return this.#fetch();
    }
    // The issuer may have withdrawn a key: past their time, keys are used only if it cannot be asked.
    if (this.#outage.failure === undefined)
      return this.#fetch().catch((error) => this.#serveLate(held, error));
    return this.#serveStale(held);
  }

  /** Keys that became too old while the issuer was asked are not used either. */
  #serveLate(held: HeldKeys, error: unknown): KeySet {
    if (stateOf(held, monotonicSeconds()) === 'stale') return this.#serveStale(held);
    throw error;
  }

  #serveStale(held: HeldKeys): KeySet {
    this.#events.tellStale(held);
    return held.keySet;
  }

  /** An unknown key id may mean that the issuer has rotated its keys, or that somebody makes key ids up. */
  #mayLookAgain(): boolean {
    // While the issuer cannot be asked nobody can say that a key id is made up: that is an outage, never a bad token.
    const isAway = this.#outage.failure !== undefined || this.#closing.signal.aborted;
    return this.#flight !== undefined || isAway || this.#unknownKeys.take();
  }

  /** Keys from the issuer: one fetch at a time, and none while it is left alone after a failure. */
  #fetch(): Promise<KeySet> {
    if (this.#flight !== undefined) return this.#flight;
    if (this.#closing.signal.aborted) return Promise.reject(new ClosedError());
    if (this.#outage.isWaiting()) return Promise.reject(this.#outage.toError());
    return this.#attempt();
  }

  #attempt(): Promise<KeySet> {
    this.#alarm.stop();
    this.#flight = this.#ask().finally(() => {
      this.#flight = undefined;
    });
    return this.#flight;
  }

  async #ask(): Promise<KeySet> {
    const { deadlineSeconds } = this.#settings;
    const deadline = startDeadline(deadlineSeconds, this.#closing.signal);
    const { onSkip, tellSkipped } = this.#events.collectSkipped();
    try {
      const fetched = await fetchKeySet({
        ...this.#settings,
        known: this.list(),
        signal: deadline.signal,
        onSkip,
      });
      // An answer that arrives together with the end starts nothing new.
      this.#closing.signal.throwIfAborted();
      tellSkipped();
      this.#keep(fetched.keySet, 0, fetched.freshSeconds);
      this.#outage.end();
      return fetched.keySet;
    } catch (error) {
      if (this.#closing.signal.aborted) throw new ClosedError();
      if (!(error instanceof IssuerFailure)) throw error;
      // Why none of the keys can be used is in why each cannot.
      if (error.reason === 'issuer_keys_invalid') tellSkipped();
      this.#outage.note(error);
      this.#alarm.set(this.#outage.retryAt - monotonicSeconds());
      throw this.#outage.toError();
    } finally {
      deadline.clear();
    }
  }

  #keep(keySet: KeySet, ageSeconds: number, freshSeconds: number): void {
    const fetchedAt = monotonicSeconds() - ageSeconds;
    this.#held = holdKeys(keySet, fetchedAt, freshSeconds, this.#settings.staleSeconds);
    this.#events.tellFresh();
    // Keys that are good for no time at all are asked for by every request.
    if (freshSeconds > 0) this.#alarm.set(refreshAfterSeconds(freshSeconds) - ageSeconds);
  }

  #takeStored(stored: StoredKeySet | undefined): void {
    const carried = readStoredKeySet(stored, this.#settings);
    if (carried !== undefined) this.#keep(carried.keySet, carried.ageSeconds, carried.freshSeconds);
  }
}

/** A request that needs keys from a client that was closed. */
class ClosedError extends TemporarilyUnavailableError {
  constructor() {
    super('client_closed', 1);
  }
}
