import { isPromiseLike } from './when-ready.js';

/** A request was refused: its token, its scopes or its claims did not do. */
export interface RefusalEvent {
  readonly type: 'refusal';
  /** The stable reason code; `docs/errors.md` has a heading for each. */
  readonly reason: string;
  readonly statusCode: number;
  /** The issuer this API trusts, not the one the token names. */
  readonly issuer?: string;
  /** The URL that this API takes the request for, where a proof names another (`proof_url_mismatch`). */
  readonly expectedUrl?: string;
}

/** The issuer's metadata or keys could not be had: one event when it begins, and when it fails in another way. */
export interface OutageEvent {
  readonly type: 'outage';
  readonly reason: OutageReason;
  readonly issuer: string;
  /** The URL that failed. */
  readonly url: string;
  /** What happened, and what to do about it. For the operator's log, never for the caller. */
  readonly message: string;
  /** Whole seconds until the next attempt is made. */
  readonly retryAfterSeconds: number;
}

/** The keys in memory are past their time and serve on, because the issuer is away. Once for each such time. */
export interface KeysStaleEvent {
  readonly type: 'keys_stale';
  readonly issuer: string;
  /** Seconds since the keys were fetched. */
  readonly ageSeconds: number;
  /** Seconds that they may serve on; after them requests get 503. */
  readonly usableForSeconds: number;
}

/** The keys in memory are too old to serve: requests get 503 until the issuer is back. Once for each such time. */
export interface KeysExpiredEvent {
  readonly type: 'keys_expired';
  readonly issuer: string;
  /** Seconds since the keys were fetched. */
  readonly ageSeconds: number;
}

/** The issuer answers again after an outage. */
export interface RecoveryEvent {
  readonly type: 'recovery';
  readonly issuer: string;
}

/** A key of the issuer's set is not used. The others are. */
export interface KeySkippedEvent {
  readonly type: 'key_skipped';
  readonly issuer: string;
  /** Its position in the set, counted from 0. */
  readonly index: number;
  /** Why, in words. */
  readonly message: string;
}

/** The replay store could not be asked: one event when it begins, and when it fails in another way. */
export interface ReplayStoreOutageEvent {
  readonly type: 'replay_store_outage';
  readonly reason: ReplayStoreReason;
  /** What happened, and what to do about it. For the operator's log, never for the caller. */
  readonly message: string;
  /** What became of the requests: refused with 503, or let through without the check, as the options say. */
  readonly outcome: 'refused' | 'allowed';
}

/** The replay store answers again after an outage. */
export interface ReplayStoreRecoveryEvent {
  readonly type: 'replay_store_recovery';
}

/** A token that is bound to a key or a certificate was accepted without it, because the options say so. */
export interface BindingIgnoredEvent {
  readonly type: 'binding_ignored';
  readonly method: 'dpop' | 'mtls';
}

/** The program uses the library in a way that cannot work; the request at hand was refused. */
export interface MisuseEvent {
  readonly type: 'misuse';
  readonly reason: MisuseReason;
  /** What is wrong, and the cure. */
  readonly message: string;
}

export type OutageReason = 'issuer_unreachable' | 'issuer_metadata_invalid' | 'issuer_keys_invalid';
/** Why a proof could not be looked up among those that were used. */
export type ReplayStoreReason =
  | 'replay_store_failed'
  | 'replay_store_timeout'
  | 'replay_store_full'
  | 'replay_client_full'
  | 'replay_store_lost';
/** Why a request was answered with 503. */
export type UnavailableReason =
  OutageReason | ReplayStoreReason | 'client_closed' | 'domains_resolver_failed' | 'too_many_issuers';
export type MisuseReason =
  | 'not_authenticated'
  | 'claim_check_threw'
  | 'claim_check_result'
  | 'validate_threw'
  | 'validate_result'
  | 'domains_resolver_failed'
  | 'dpop_not_enabled'
  | 'key_cache_unusable';

/** What the library tells the application. Plain data, and never a token, a claim or a part of one. */
export type Auth0ApiEvent =
  | RefusalEvent
  | OutageEvent
  | KeysStaleEvent
  | KeysExpiredEvent
  | RecoveryEvent
  | KeySkippedEvent
  | ReplayStoreOutageEvent
  | ReplayStoreRecoveryEvent
  | BindingIgnoredEvent
  | MisuseEvent;

/** Receives events. What it throws or rejects with is dropped. */
export type EventListener = (event: Auth0ApiEvent) => void;

/** Makes a listener safe to call from the middle of a request: it can neither throw nor reject. */
export function createEmitter(listener: EventListener): EventListener {
  return (event) => {
    try {
      const result: unknown = listener(event);
      if (isPromiseLike(result)) result.then(undefined, () => {});
    } catch {
      // The listener's failure is the listener's.
    }
  };
}
