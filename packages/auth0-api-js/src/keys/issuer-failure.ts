import type { OutageReason } from '../events.js';

/** What more is known of a failure. */
export interface IssuerFailureDetails {
  /** The issuer has no such document (status 404). */
  readonly isMissing?: boolean;
  /** How long the issuer asks to be left alone, in seconds. */
  readonly retryAfterSeconds?: number;
}

/** Why the keys of an issuer could not be had. Words for the operator; the caller reads none of them. */
export class IssuerFailure extends Error {
  override readonly name = 'IssuerFailure';
  readonly reason: OutageReason;
  readonly url: string;
  readonly details: IssuerFailureDetails;

  /** @param what - Ends the sentence that the URL begins; then the cure, as sentences of its own. */
  constructor(reason: OutageReason, url: string, what: string, details: IssuerFailureDetails = {}) {
    super(`${url} ${what}`);
    this.reason = reason;
    this.url = url;
    this.details = details;
  }
}
