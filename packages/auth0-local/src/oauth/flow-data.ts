/** What is remembered between the requests of a flow, under the secret that connects them. */

/** Behind an authorization code: what the token request must match, and what it gets. */
export interface AuthorizationCodeData {
  readonly redirect_uri: string;
  readonly code_challenge?: string;
  readonly code_challenge_method?: 'S256' | 'plain';
  readonly access: UserAccess;
  readonly nonce?: string;
}

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

/** Behind a refresh token. Its artifact has the client, the user and the family. */
export interface RefreshTokenData {
  readonly access: UserAccess;
  /** When the first token of the family was issued, in milliseconds since 1970. */
  readonly issued_at: number;
  /** When this one was exchanged for the next, in milliseconds since 1970: then it is only good within the leeway. */
  readonly rotated_at?: number;
}

/** Behind an opaque access token, which is good for the user's profile only. */
export interface OpaqueTokenData {
  readonly scopes: readonly string[];
}

/** Behind a device code. */
export interface DeviceCodeData {
  readonly audience?: string;
  readonly scopes: readonly string[];
  readonly user_code: string;
  readonly state: 'pending' | 'approved' | 'denied';
  readonly user_id?: string;
  readonly access?: UserAccess;
  /** When the device last asked, in milliseconds since 1970. */
  readonly polled_at?: number;
}

/** Behind a user code: the hash of nothing, but the device code it belongs to. */
export interface UserCodeData {
  readonly device_code: string;
}

/** Behind the cookie of a browser. */
export interface SessionData {
  readonly auth_time: number;
  readonly sid: string;
}
