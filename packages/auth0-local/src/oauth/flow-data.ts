import type { UserAccess } from '../tokens/user-access.js';

/** What is remembered between the requests of a flow, under the secret that connects them. */

/** Behind an authorization code: what the token request must match, and what it gets. */
export interface AuthorizationCodeData {
  readonly redirect_uri: string;
  readonly code_challenge?: string;
  readonly code_challenge_method?: 'S256' | 'plain';
  readonly access: UserAccess;
  readonly nonce?: string;
  /** The thumbprint of the key that it is bound to. */
  readonly dpop_jkt?: string;
  /** That it came back once. It stays until its time is up, so that a second time is noticed. */
  readonly is_used?: true;
}

/** Behind a device code. */
export interface DeviceCodeData {
  readonly audience?: string;
  readonly scopes: readonly string[];
  readonly user_code: string;
  readonly state: 'pending' | 'approved' | 'denied';
  readonly user_id?: string;
  readonly access?: UserAccess;
  /** When it expires, in milliseconds since 1970. Its artifact lives longer, so that the device can be told. */
  readonly expires_at: number;
  /** When the device last asked, in milliseconds since 1970. */
  readonly polled_at?: number;
}

/** Behind a user code: the device code it belongs to. */
export interface UserCodeData {
  readonly device_code: string;
}

/** Behind the cookie of a browser. */
export interface SessionData {
  readonly auth_time: number;
  readonly sid: string;
}

/** Behind a login transaction: what a user has to do in the browser before a request can be answered. */
export interface LoginTransactionData {
  /** The hash of the cookie of the browser it belongs to. */
  readonly browser: string;
  /** What waits for the user: an authorization request with its parameters, or the device with this code. */
  readonly purpose:
    | { readonly type: 'authorize'; readonly parameters: Readonly<Record<string, string>> }
    | { readonly type: 'device'; readonly user_code: string };
  /** The session that began in it, or that it goes on with. */
  readonly sid?: string;
}
