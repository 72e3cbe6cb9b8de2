import type { User } from '../tenant/users.js';

/** Which claims about a user a scope stands for (OpenID Connect Core section 5.4, and a name for each claim alone). */
const claimsByScope: Readonly<Record<string, readonly string[]>> = {
  profile: ['name', 'nickname', 'picture', 'given_name', 'family_name', 'updated_at'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  name: ['name'],
  nickname: ['nickname'],
  picture: ['picture'],
  given_name: ['given_name'],
  family_name: ['family_name'],
  email_verified: ['email_verified'],
  created_at: ['created_at'],
  identities: ['identities'],
};

/** The claims about a user that scopes allow to see. What the user does not have is left out. */
export function profileClaims(user: User, scopes: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = { ...user, phone_number_verified: user.phone_verified };
  const names = new Set(scopes.flatMap((scope) => claimsByScope[scope] ?? []));
  return Object.fromEntries(
    [...names].map((name) => [name, values[name]]).filter(([, value]) => value !== undefined),
  );
}
