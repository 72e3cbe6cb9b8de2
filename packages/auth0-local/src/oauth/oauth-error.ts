import type { LogInput } from '../log/tenant-log.js';

/** What a refusal of an OAuth endpoint is made of. */
export interface OAuthErrorDetails {
  readonly statusCode: number;
  /** The code on the wire (RFC 6749 section 5.2). */
  readonly error: string;
  readonly description: string;
  readonly uri?: string;
  /** Whom and what it was about, and the one command that fixes it: for the tenant's log, never for the caller. */
  readonly log?: Partial<LogInput>;
}

/** A request to an OAuth endpoint is refused. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly statusCode: number;
  readonly error: string;
  readonly uri: string | undefined;
  readonly log: Partial<LogInput>;

  constructor({ statusCode, error, description, uri, log = {} }: OAuthErrorDetails) {
    super(description);
    this.statusCode = statusCode;
    this.error = error;
    this.uri = uri;
    this.log = log;
  }

  /** The body of the response. */
  toJSON(): Record<string, string> {
    return {
      error: this.error,
      error_description: this.message,
      ...(this.uri !== undefined && { error_uri: this.uri }),
    };
  }
}
