import type { Field } from '../terminal/table.js';

/** What `auth0 test token` can be told. */
export interface TokenOptions {
  readonly audience?: string;
  readonly identifier?: string;
  readonly scopes?: readonly string[];
  readonly user?: string;
  readonly password?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly organization?: string;
  readonly callbackPort: number;
}

/** The answer of the token endpoint (RFC 6749 section 5.1). */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
}

/** How a token is shown. No line is cut: it is there to be copied. */
export const tokenFields: readonly Field<TokenResponse>[] = [
  ['TOKEN TYPE', ({ token_type: type }) => type],
  ['EXPIRES IN', ({ expires_in: seconds }) => `${Math.round(seconds / 60)} minute(s)`],
  ['SCOPES', ({ scope }) => scope, 'uncut'],
  ['REFRESH TOKEN', ({ refresh_token: token }) => token, 'uncut'],
  ['ID TOKEN', ({ id_token: token }) => token, 'uncut'],
  ['ACCESS TOKEN', ({ access_token: token }) => token, 'uncut'],
];
