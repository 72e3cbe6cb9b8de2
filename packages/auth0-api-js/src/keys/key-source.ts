import type { OutageReason } from '../events.js';
import type { VerificationKey } from './import-key.js';
import type { StoredKeySet } from './stored-key-set.js';

/** Where the pipeline gets the keys of one issuer from. */
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

  /**
   * Has usable keys fetched if there are none.
   *
   * @throws TemporarilyUnavailableError: the attempt failed, or the issuer is left alone after one that did.
   */
  prepare(): Promise<void>;

  health(): KeySourceHealth;

  /** What it takes to start with these keys elsewhere; nothing where there are none or they need no fetching. */
  store(): StoredKeySet | undefined;

  /** Stops refreshing and ends a fetch that is under way. Keys in memory serve for as long as they would have. */
  close(): void;
}

/**
 * Where the keys of an issuer stand.
 *
 * - `empty`: none were fetched yet.
 * - `fresh`: within their time.
 * - `stale`: past their time, and used because no newer ones could be had.
 * - `expired`: past that too, and no longer used.
 * - `static`: given by the application; they do not age.
 */
export type KeySourceState = 'empty' | 'fresh' | 'stale' | 'expired' | 'static';

/** A look at the keys of one issuer, in plain data, for readiness probes and dashboards. */
export interface KeySourceHealth {
  readonly state: KeySourceState;
  /** Whether tokens can be verified now. */
  readonly isUsable: boolean;
  readonly keyCount: number;
  /** Whether an answer of the issuer is on its way. */
  readonly isFetching: boolean;
  /** Seconds since the keys were fetched. */
  readonly ageSeconds?: number;
  /** Why the last attempt failed; absent where it succeeded. */
  readonly lastError?: {
    readonly reason: OutageReason;
    readonly url: string;
    readonly message: string;
    readonly secondsAgo: number;
  };
  /** Seconds until the next attempt by itself; absent where none is planned. */
  readonly nextAttemptInSeconds?: number;
}
