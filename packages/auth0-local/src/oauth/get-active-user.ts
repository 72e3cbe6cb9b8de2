import type { Tenant } from '../tenant/tenant.js';
import type { User } from '../tenant/users.js';
import { invalidGrant } from './refusals.js';

/** @throws OAuthError: the user is gone or blocked, and gets no more tokens. */
export function getActiveUser({ store }: Tenant, userId: string | undefined): User {
  const user = userId === undefined ? undefined : store.users.get(userId);
  if (user === undefined) throw invalidGrant('The user does not exist.').about({ user_id: userId });
  checkNotBlocked(user);
  return user;
}

/** @throws OAuthError: the user is blocked. */
export function checkNotBlocked({ user_id: userId, blocked, email }: User): void {
  if (blocked) throw invalidGrant('user is blocked').about({ user_id: userId, user_name: email });
}
