/** What the sender of a token request has proven to have, by its SHA-256 thumbprint in base64url. */
export interface Sender {
  /** A key (RFC 9449). */
  readonly jkt?: string;
  /** A client certificate (RFC 8705). */
  readonly certificate?: string;
}

/** A sender who has proven nothing. */
export const unprovenSender: Sender = {};
