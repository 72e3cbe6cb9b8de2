import { monotonicSeconds } from '../clock.js';
import { TemporarilyUnavailableError } from '../errors.js';
import type { EventListener } from '../events.js';
import { backOffSeconds, type BackOffSettings } from './back-off.js';
import type { IssuerFailure } from './issuer-failure.js';

/** What the outage of an issuer is told with. */
export interface OutageSettings extends BackOffSettings {
  readonly issuer: string;
  readonly emit: EventListener;
}

/**
 * Whether an issuer is away, how long it is left alone, and the words for it. The application is told when an outage
 * begins, when it fails in another way, and when it ends: never once a request.
 */
export class Outage {
  readonly #settings: OutageSettings;
  #failure: IssuerFailure | undefined;
  #failedAt = 0;
  #failures = 0;
  #retryAt = 0;

  constructor(settings: OutageSettings) {
    this.#settings = settings;
  }

  /** Why the last attempt failed; nothing if it did not. */
  get failure(): IssuerFailure | undefined {
    return this.#failure;
  }

  get failedAt(): number {
    return this.#failedAt;
  }

  /** When the next attempt may be made, on the monotonic clock. */
  get retryAt(): number {
    return this.#retryAt;
  }

  /** Tells whether the issuer is left alone now. */
  isWaiting(): boolean {
    return this.#failure !== undefined && monotonicSeconds() < this.#retryAt;
  }

  /** An attempt has failed. */
  note(failure: IssuerFailure): void {
    this.#failures += 1;
    const waitSeconds = backOffSeconds(this.#failures, failure.details.retryAfterSeconds, this.#settings);
    const isNew = this.#failure?.message !== failure.message;
    this.#failure = failure;
    this.#failedAt = monotonicSeconds();
    this.#retryAt = this.#failedAt + waitSeconds;
    if (!isNew) return;
    const { reason, url, message } = failure;
    const { issuer, emit } = this.#settings;
    emit({ type: 'outage', reason, issuer, url, message, retryAfterSeconds: Math.ceil(waitSeconds) });
  }

  /** An attempt has succeeded. */
  end(): void {
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    this.#failures = 0;
    this.#settings.emit({ type: 'recovery', issuer: this.#settings.issuer });
  }

  /** The error for a request that cannot be answered now. */
  toError(): TemporarilyUnavailableError {
    const reason = this.#failure?.reason ?? 'issuer_unreachable';
    return new TemporarilyUnavailableError(reason, this.#retryAt - monotonicSeconds());
  }
}
