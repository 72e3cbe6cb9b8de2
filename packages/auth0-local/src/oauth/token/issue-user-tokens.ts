import type { LogInput } from '../../log/tenant-log.js';
import type { Site } from '../../site.js';
import type { Application } from '../../tenant/applications.js';
import { randomHex } from '../../tenant/ids.js';
import type { User } from '../../tenant/users.js';
import { issueAccessToken, type IssuedToken } from '../../tokens/issue-access-token.js';
import { issueIdToken } from '../../tokens/issue-id-token.js';
import { issueOpaqueToken } from '../../tokens/opaque-tokens.js';
import { createRefreshToken } from '../../tokens/refresh-tokens.js';
import type { Confirmation } from '../../tokens/access-token-claims.js';
import type { UserAccess } from '../../tokens/user-access.js';
import { decideConfirmation } from '../sender/decide-confirmation.js';
import { explainUnbound } from '../sender/explain-unbound.js';
import type { Sender } from '../sender/sender.js';
import { checkUserAccess, type AllowedAccess } from './check-user-access.js';

/** The body of a response that gives tokens (RFC 6749 section 5.1). */
export interface TokenResponse {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  /** Absent where there are none. */
  readonly scope?: string;
  readonly expires_in: number;
  readonly token_type: 'Bearer' | 'DPoP';
  /** Of an exchange (RFC 8693 section 2.2.1). */
  readonly issued_token_type?: 'urn:ietf:params:oauth:token-type:access_token';
}

/** Tokens, and what the log says about them. */
export interface IssuedTokens {
  readonly tokens: TokenResponse;
  readonly log: Partial<LogInput>;
  /** What the access token is bound to. */
  readonly confirmation: Confirmation | undefined;
}

/** Whom tokens are issued for, and how they came to it. */
export interface UserTokenRequest {
  readonly application: Application;
  readonly user: User;
  readonly access: UserAccess;
  /** What the application has proven to have. */
  readonly sender: Sender;
  /** As `gty` has it; absent for the authorization code and device flows. */
  readonly grantType?: 'password' | 'refresh_token';
  readonly nonce?: string | undefined;
  /** What is revoked together; a new family by default. */
  readonly family?: string | undefined;
}

/** Tokens of which it is decided what they are good for. */
export interface DecidedRequest extends Omit<UserTokenRequest, 'access' | 'sender'>, AllowedAccess {
  /** What the access token is bound to. */
  readonly confirmation: Confirmation | undefined;
  readonly family: string;
  /** What was made of it already: the next refresh token. */
  readonly refreshToken: string | undefined;
}

/**
 * Issues the tokens of a login: for the API or, without one, for the user's profile.
 *
 * @throws OAuthError: the API is gone, or the application may not act for users there.
 */
export function issueUserTokens(site: Site, request: UserTokenRequest): Promise<IssuedTokens> {
  const { application, sender, family = randomHex(32) } = request;
  const allowed = checkUserAccess(site.tenant, request);
  const confirmation = decideConfirmation(application, allowed.api, sender);
  const note = { ...explainUnbound(allowed.api, sender, confirmation), ...allowed.note };
  const decided = { ...request, ...allowed, note, family, confirmation };
  const mayRefresh = decided.access.scopes.includes('offline_access');
  // One of a public application is bound to the key, whatever the API says of access tokens (RFC 9449 section 5).
  const jkt = application.token_endpoint_auth_method === 'none' ? sender.jkt : undefined;
  const refreshToken = mayRefresh ? createRefreshToken(site.tenant, { ...decided, jkt }) : undefined;
  return respondTokens(site, { ...decided, refreshToken });
}

/** Issues the tokens that were decided on, and puts the response together. */
export async function respondTokens(site: Site, request: DecidedRequest): Promise<IssuedTokens> {
  const { tenant, issuer } = site;
  const { user, access, note, refreshToken, confirmation } = request;
  const { audience, scopes } = access;
  const [accessToken, idToken] = await Promise.all([
    issueToken(site, request),
    scopes.includes('openid') ? issueIdToken(tenant, { ...request, issuer }) : undefined,
  ]);
  const scope = scopes.length > 0 ? { scope: scopes.join(' ') } : {};
  return {
    tokens: {
      access_token: accessToken.token,
      ...(refreshToken !== undefined && { refresh_token: refreshToken }),
      ...(idToken !== undefined && { id_token: idToken }),
      ...scope,
      expires_in: accessToken.expiresIn,
      token_type: accessToken.tokenType,
    },
    log: {
      user_id: user.user_id,
      user_name: user.email,
      ...(audience !== undefined && { audience }),
      ...scope,
      ...note,
    },
    confirmation,
  };
}

function issueToken(
  { tenant, issuer }: Site,
  { api, access, application, user, family, confirmation, grantType }: DecidedRequest,
): IssuedToken | Promise<IssuedToken> {
  const { audience, scopes } = access;
  if (api === undefined || audience === undefined) {
    return issueOpaqueToken(tenant, { application, user, scopes, family, confirmation });
  }
  return issueAccessToken(tenant, {
    issuer,
    api,
    audience,
    application,
    user,
    scopes,
    confirmation,
    ...(grantType !== undefined && { grantType }),
  });
}
