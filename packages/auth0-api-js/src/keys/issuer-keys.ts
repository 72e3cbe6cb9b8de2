import { monotonicSeconds } from '../clock.js';
import { TemporarilyUnavailableError } from '../errors.js';
import type { EventListener } from '../events.js';
import { whenReady } from '../when-ready.js';
import { startDeadline } from './deadline.js';
import { fetchKeySet } from './fetch-key-set.js';
import type { Fetch } from './fetch-json.js';
import type { VerificationKey } from './import-key.js';
import { IssuerFailure } from './issuer-failure.js';
import type { KeySet } from './key-set.js';

/** Where the pipeline gets its keys from. */
export interface KeySource {
  /**
   * The keys a token with this header may have been signed with; none if the issuer has no such key. A value where the
   * keys are in memory, a promise where they must be fetched.
   *
   * @throws TemporarilyUnavailableError: nobody can say which keys there are.
   */
  select(
    alg: string,
    kid: string | undefined,
  ): readonly VerificationKey[] | Promise<readonly VerificationKey[]>;

  /** The keys in memory, for whoever explains a verdict. Nothing is fetched for it. */
  list(): readonly VerificationKey[];
}

/** What an issuer's keys are fetched with. */
export interface IssuerKeysSettings {
  readonly issuer: string;
  readonly fetch: Fetch;
  readonly emit: EventListener;
  /** How long fetched keys are good for, in seconds. */
  readonly freshSeconds: number;
}

/** How long the last good keys serve beyond their time while the issuer is away, in seconds. */
const staleSeconds = 3600;
/** What a request waits at most, for metadata and keys together, in seconds. */
const deadlineSeconds = 5;
/** How often an unknown key id may cause a fetch, in seconds. */
const unknownKeySeconds = 30;
const shortestBackOffSeconds = 0.5;
const longestBackOffSeconds = 30;

/** The keys of one issuer, fetched when they are needed and kept in memory. */
export class IssuerKeys implements KeySource {
  readonly #settings: IssuerKeysSettings;
  #keySet: KeySet | undefined;
  #fetchedAt = 0;
  #flight: Promise<KeySet> | undefined;
  #lookedAgainAt = Number.NEGATIVE_INFINITY;
  #outage: TemporarilyUnavailableError | undefined;
  #failures = 0;
  #retryAt = 0;

  constructor(settings: IssuerKeysSettings) {
    this.#settings = settings;
  }

  select(
    alg: string,
    kid: string | undefined,
  ): readonly VerificationKey[] | Promise<readonly VerificationKey[]> {
    const inMemory = this.#keySet;
    return whenReady(this.#currentKeySet(), (keySet) => {
      const keys = keySet.select(alg, kid);
      if (keys.length > 0 || kid === undefined || keySet.has(kid)) return keys;
      // What was fetched a moment ago need not be fetched again.
      if (keySet !== inMemory || !this.#mayLookAgain()) return keys;
      return this.#refresh().then((newer) => newer.select(alg, kid));
    });
  }

  list(): readonly VerificationKey[] {
    return this.#keySet?.keys ?? [];
  }

  #currentKeySet(): KeySet | Promise<KeySet> {
    const age = monotonicSeconds() - this.#fetchedAt;
    const keySet = age < this.#settings.freshSeconds + staleSeconds ? this.#keySet : undefined;
    if (keySet === undefined) return this.#refresh();
    if (age < this.#settings.freshSeconds || this.#backsOff()) return keySet;
    return this.#refresh().catch(() => keySet);
  }

  /** One fetch at a time, and none while the issuer is left alone after a failure. */
  #refresh(): Promise<KeySet> {
    if (this.#flight === undefined && this.#outage !== undefined && this.#backsOff()) {
      throw new TemporarilyUnavailableError(String(this.#outage.reason), this.#retryAt - monotonicSeconds());
    }
    this.#flight ??= this.#fetch().finally(() => {
      this.#flight = undefined;
    });
    return this.#flight;
  }

  async #fetch(): Promise<KeySet> {
    const { issuer, fetch, emit } = this.#settings;
    const deadline = startDeadline(deadlineSeconds);
    const onSkip = (index: number, message: string): void =>
      emit({ type: 'key_skipped', issuer, index, message });
    try {
      const keySet = await fetchKeySet({ issuer, fetch, signal: deadline.signal, onSkip });
      this.#keep(keySet);
      return keySet;
    } catch (error) {
      if (!(error instanceof IssuerFailure)) throw error;
      throw this.#backOff(error);
    } finally {
      deadline.clear();
    }
  }

  #keep(keySet: KeySet): void {
    this.#keySet = keySet;
    this.#fetchedAt = monotonicSeconds();
    if (this.#outage !== undefined) this.#settings.emit({ type: 'recovery', issuer: this.#settings.issuer });
    this.#outage = undefined;
    this.#failures = 0;
  }

  /** Leaves the issuer alone for a random time that grows with every failure (full jitter), so that a fleet spreads. */
  #backOff(failure: IssuerFailure): TemporarilyUnavailableError {
    const limit = Math.min(longestBackOffSeconds, shortestBackOffSeconds * 2 ** this.#failures);
    const seconds = Math.random() * limit;
    this.#failures += 1;
    this.#retryAt = monotonicSeconds() + seconds;
    this.#outage = new TemporarilyUnavailableError(failure.reason, seconds);
    const { reason, url, message } = failure;
    const { retryAfterSeconds } = this.#outage;
    this.#settings.emit({
      type: 'outage',
      reason,
      issuer: this.#settings.issuer,
      url,
      message,
      retryAfterSeconds,
    });
    return this.#outage;
  }

  #backsOff(): boolean {
    return monotonicSeconds() < this.#retryAt;
  }

  /** An unknown key id may mean that the issuer has rotated its keys, or that somebody makes key ids up. */
  #mayLookAgain(): boolean {
    // While the issuer is away nobody can say that a key id is made up: that is an outage, never a bad token.
    if (this.#flight !== undefined || this.#outage !== undefined) return true;
    if (monotonicSeconds() - this.#lookedAgainAt < unknownKeySeconds) return false;
    this.#lookedAgainAt = monotonicSeconds();
    return true;
  }
}
