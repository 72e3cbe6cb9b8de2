import { isPromiseLike } from './when-ready.js';

/** A request was refused: its token, its scopes or its claims did not do. */
export interface RefusalEvent {
  readonly type: 'refusal';
  /** The stable reason code; `docs/errors.md` has a heading for each. */
  readonly reason: string;
  readonly statusCode: number;
  /** The issuer this API trusts, not the one the token names. */
  readonly issuer?: string;
}

/** The issuer's metadata or keys could not be had: one event for each failed attempt. */
export interface OutageEvent {
  readonly type: 'outage';
  readonly reason: OutageReason;
  readonly issuer: string;
  /** The URL that failed. */
  readonly url: string;
  /** What happened, and what to do about it. For the operator's log, never for the caller. */
  readonly message: string;
  /** Seconds until the next attempt is made. */
  readonly retryAfterSeconds: number;
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

/** The program uses the library in a way that cannot work; the request at hand was refused. */
export interface MisuseEvent {
  readonly type: 'misuse';
  readonly reason: MisuseReason;
  /** What is wrong, and the cure. */
  readonly message: string;
}

export type OutageReason = 'issuer_unreachable' | 'issuer_metadata_invalid' | 'issuer_keys_invalid';
export type MisuseReason = 'not_authenticated' | 'claim_check_threw' | 'claim_check_result';

/** What the library tells the application. Plain data, and never a token, a claim or a part of one. */
export type Auth0ApiEvent = RefusalEvent | OutageEvent | RecoveryEvent | KeySkippedEvent | MisuseEvent;

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
