import type { Tenant } from '../../tenant/tenant.js';
import type { User } from '../../tenant/users.js';
import { fixBlockedUser } from '../fixes.js';
import type { OAuthError } from '../oauth-error.js';
import { invalidGrant } from '../refusals.js';

/** @throws OAuthError: the user is gone or blocked, and gets no more tokens. */
export function getActiveUser({ store }: Tenant, userId: string | undefined): User {
  const user = userId === undefined ? undefined : store.users.get(userId);
  if (user === undefined) throw invalidGrant('The user does not exist.').about({ user_id: userId });
  if (user.blocked) throw blockedUser(user);
  return user;
}

/** In the real tenant's words, which have no capital letter and no full stop. */
export function blockedUser({ user_id: userId, email }: User): OAuthError {
  return invalidGrant('user is blocked').about({
    user_id: userId,
    user_name: email,
    fix: fixBlockedUser(userId),
  });
}
