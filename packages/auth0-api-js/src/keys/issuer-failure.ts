import type { OutageReason } from '../events.js';

/** Why the keys of an issuer could not be had. Words for the operator; the caller reads none of them. */
export class IssuerFailure extends Error {
  override readonly name = 'IssuerFailure';
  readonly reason: OutageReason;
  readonly url: string;

  /** @param what - Ends the sentence that the URL begins; then the cure, as sentences of its own. */
  constructor(reason: OutageReason, url: string, what: string) {
    super(`${url} ${what}`);
    this.reason = reason;
    this.url = url;
  }
}
