import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose';
import type { LogEntry } from '../../src/log/tenant-log.js';
import type { AuthorizationCodeData } from '../../src/oauth/flow-data.js';
import { createArtifact } from '../../src/tenant/artifacts.js';
import { nowSeconds } from '../../src/tenant/tenant.js';
import type { UserAccess } from '../../src/tokens/user-access.js';
import type { Ask, TrialAnswer } from './ask.js';
import type { OpenTenant } from './open-tenant.js';
import { applications, audience, users } from './trial-tenant.js';

/** What the token endpoint answers, good or bad. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly scope?: string;
  readonly expires_in: number;
  readonly token_type: string;
  readonly error?: string;
  readonly error_description?: string;
}

/** Asks the token endpoint, in JSON. */
export function requestToken(ask: Ask, body: Record<string, unknown>): Promise<TrialAnswer<TokenAnswer>> {
  return ask<TokenAnswer>('POST', '/oauth/token', { body });
}

/** A token of the machine-to-machine application. */
export function requestMachineToken(
  ask: Ask,
  parameters: Record<string, unknown> = {},
): Promise<TrialAnswer<TokenAnswer>> {
  return requestToken(ask, {
    grant_type: 'client_credentials',
    ...applications.machine,
    audience,
    ...parameters,
  });
}

/** A token of the plain user, with the password. */
export function requestPasswordToken(
  ask: Ask,
  parameters: Record<string, unknown> = {},
): Promise<TrialAnswer<TokenAnswer>> {
  const { email: username, password } = users.plain;
  return requestToken(ask, {
    grant_type: 'password',
    ...applications.web,
    username,
    password,
    audience,
    ...parameters,
  });
}

export const redirectUri = 'http://localhost:3000/callback';

/** What a code is made with, where it differs from that of the plain user for the web application. */
export interface CodeOverrides extends Partial<Omit<AuthorizationCodeData, 'access'>> {
  readonly access?: { readonly [Name in keyof UserAccess]?: UserAccess[Name] | undefined };
  readonly client_id?: string;
  readonly user_id?: string;
  readonly lifetimeSeconds?: number;
}

/** An authorization code, as a login would give it. */
export function createCode({ tenant }: OpenTenant, overrides: CodeOverrides = {}): string {
  const { access = {}, client_id: clientId, user_id: userId, lifetimeSeconds = 60, ...data } = overrides;
  return createArtifact<AuthorizationCodeData>(tenant, 'authorization_code', {
    lifetimeSeconds,
    client_id: clientId ?? applications.web.client_id,
    user_id: userId ?? users.plain.user_id,
    data: {
      redirect_uri: redirectUri,
      ...data,
      access: {
        audience,
        scopes: ['openid', 'read:messages'],
        auth_time: nowSeconds(tenant),
        ...access,
      } as UserAccess,
    },
  });
}

/** Exchanges a code of the web application. */
export function exchangeCode(
  ask: Ask,
  code: string,
  parameters: Record<string, unknown> = {},
): Promise<TrialAnswer<TokenAnswer>> {
  return requestToken(ask, {
    grant_type: 'authorization_code',
    ...applications.web,
    code,
    redirect_uri: redirectUri,
    ...parameters,
  });
}

/** A refresh token of the web application for the plain user. */
export async function createRefreshToken(
  open: OpenTenant,
  scopes: readonly string[] = ['openid', 'read:messages', 'offline_access'],
): Promise<string> {
  const { body } = await exchangeCode(open.ask, createCode(open, { access: { scopes } }));
  if (body.refresh_token === undefined) throw new Error(`no refresh token: ${JSON.stringify(body)}`);
  return body.refresh_token;
}

/** Exchanges a refresh token of the web application. */
export function refresh(
  ask: Ask,
  refreshToken: string | undefined,
  parameters: Record<string, unknown> = {},
): Promise<TrialAnswer<TokenAnswer>> {
  return requestToken(ask, {
    grant_type: 'refresh_token',
    ...applications.web,
    refresh_token: refreshToken,
    ...parameters,
  });
}

/** What a token says, unverified. */
export function readToken(token: string | undefined): {
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
} {
  if (token === undefined) throw new Error('there is no token');
  return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
}

/** The newest entry of a tenant's log. */
export function lastLog({ tenant }: OpenTenant): LogEntry {
  const entry = tenant.log.list().at(-1);
  if (entry === undefined) throw new Error('the log is empty');
  return entry;
}
