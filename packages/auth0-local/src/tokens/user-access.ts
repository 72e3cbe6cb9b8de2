/** What a user has let an application have. */
export interface UserAccess {
  /** The API in the words of the request; absent for the user's profile alone. */
  readonly audience?: string;
  /** What was granted, OpenID Connect's scopes and `offline_access` included. */
  readonly scopes: readonly string[];
  /** When the user logged in, in seconds since 1970. */
  readonly auth_time: number;
  /** The login session, for `sid`. */
  readonly sid?: string;
}
