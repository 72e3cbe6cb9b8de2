import type { LogInput } from '../log/tenant-log.js';

/** What a refusal of an OAuth endpoint is made of. */
export interface OAuthErrorDetails {
  readonly statusCode: number;
  /** The code on the wire (RFC 6749 section 5.2). */
  readonly error: string;
  readonly description: string;
  readonly uri?: string | undefined;
  /** For the header `WWW-Authenticate`. */
  readonly challenge?: string | undefined;
  /** Whom and what it was about, and the one command that fixes it: for the tenant's log, never for the caller. */
  readonly log?: Partial<LogInput> | undefined;
  /** That it belongs to the normal course of a flow, and is not worth a line in the log. */
  readonly isExpected?: boolean | undefined;
}

/** A request to an OAuth endpoint is refused. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly details: OAuthErrorDetails;

  constructor(details: OAuthErrorDetails) {
    super(details.description);
    this.details = details;
  }

  get statusCode(): number {
    return this.details.statusCode;
  }

  /** The code on the wire. */
  get error(): string {
    return this.details.error;
  }

  get log(): Partial<LogInput> {
    return this.details.log ?? {};
  }

  /** The same refusal, with more about it for the log. What it knows itself is not replaced. */
  about(log: Partial<{ readonly [Name in keyof LogInput]: LogInput[Name] | undefined }>): OAuthError {
    const present = Object.fromEntries(Object.entries(log).filter(([, value]) => value !== undefined));
    return new OAuthError({ ...this.details, log: { ...present, ...this.log } });
  }

  /** The body of the response. */
  toJSON(): Record<string, string> {
    const { error, description, uri } = this.details;
    return { error, error_description: description, ...(uri !== undefined && { error_uri: uri }) };
  }
}
