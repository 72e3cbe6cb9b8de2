import { jwtVerify, type JWTPayload } from 'jose';
import type { Confirmation } from './access-token-claims.js';
import type { Tenant } from '../tenant/tenant.js';
import { findVerificationKey } from './find-verification-key.js';
import { readOpaqueToken } from './opaque-tokens.js';

/** What an access token lets its holder see of a user's profile. */
export interface UserinfoAccess {
  readonly userId: string;
  readonly scopes: readonly string[];
  /** What the token is bound to. */
  readonly confirmation: Confirmation | undefined;
}

/** Reads an access token that is good for the profile of a user: an opaque one, or a JWT that has this audience too. */
export async function readUserinfoToken(tenant: Tenant, token: string): Promise<UserinfoAccess | undefined> {
  const access = readOpaqueAccess(tenant, token) ?? (await readJwtAccess(tenant, token));
  return access?.scopes.includes('openid') ? access : undefined;
}

function readOpaqueAccess(tenant: Tenant, token: string): UserinfoAccess | undefined {
  const artifact = readOpaqueToken(tenant, token);
  if (artifact?.user_id === undefined) return undefined;
  const { scopes, confirmation } = artifact.data;
  return { userId: artifact.user_id, scopes, confirmation };
}

async function readJwtAccess(tenant: Tenant, token: string): Promise<UserinfoAccess | undefined> {
  const { sub, scope, cnf } = (await verify(tenant, token)) ?? {};
  if (sub === undefined || typeof scope !== 'string') return undefined;
  // The tenant signs nothing else there.
  return { userId: sub, scopes: scope.split(' '), confirmation: cnf as Confirmation | undefined };
}

async function verify(tenant: Tenant, token: string): Promise<JWTPayload | undefined> {
  const { issuers, now } = tenant;
  try {
    const { payload } = await jwtVerify(token, (header) => findVerificationKey(tenant, header), {
      algorithms: ['RS256', 'RS512', 'PS256'],
      issuer: [...issuers],
      audience: issuers.map((issuer) => `${issuer}userinfo`),
      requiredClaims: ['exp'],
      currentDate: new Date(now()),
    });
    return payload;
  } catch {
    return undefined;
  }
}
