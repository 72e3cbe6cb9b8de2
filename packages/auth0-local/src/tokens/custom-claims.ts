import { listUserRoles } from '../tenant/roles.js';
import { getSettings } from '../tenant/settings.js';
import type { Tenant } from '../tenant/tenant.js';
import type { User } from '../tenant/users.js';

/** What tokens say of themselves: nobody may say it in their place, also where a token does not have it. */
const protocolClaims: ReadonlySet<string> = new Set(
  (
    'iss sub aud exp iat nbf jti scope permissions azp client_id gty act cnf ' +
    'auth_time nonce sid at_hash c_hash s_hash'
  ).split(' '),
);

/** The claims the tenant's settings add to the tokens of a user. A claim without a value is left out. */
export function customClaims(tenant: Tenant, user: User): Record<string, unknown> {
  const sources: Record<string, unknown> = {
    app_metadata: user.app_metadata,
    user_metadata: user.user_metadata,
    email: user.email,
    email_verified: user.email_verified,
    name: user.name,
    nickname: user.nickname,
    roles: listUserRoles(tenant, user.user_id).map(({ name }) => name),
  };
  const claims = Object.entries(getSettings(tenant).claims)
    .filter(([claim]) => !protocolClaims.has(claim))
    .map(([claim, path]) => [claim, readPath(sources, path)]);
  return Object.fromEntries(claims.filter(([, value]) => value !== undefined));
}

function readPath(from: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    return isThere ? (value as Record<string, unknown>)[name] : undefined;
  }, from);
}
