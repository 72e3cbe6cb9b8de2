import { isPassword, nobodysHash } from './passwords.js';
import type { Tenant } from './tenant.js';
import { findUserByEmail, type User } from './users.js';

/** How a login with email and password went. Who logs in must not learn which of the first two it was. */
export type LoginAttempt =
  | { readonly outcome: 'unknown_email' }
  | { readonly outcome: 'wrong_password' | 'blocked' | 'success'; readonly user: User };

/** Compares email and password with those of the tenant's users, in the same time whether there is such a user or not. */
export async function attemptLogin(tenant: Tenant, email: string, password: string): Promise<LoginAttempt> {
  const hash = findUserByEmail(tenant, email)?.password_hash;
  const isRight = await isPassword(password, hash ?? nobodysHash);
  // Read after the wait: the user may have been changed, blocked or deleted meanwhile.
  const user = findUserByEmail(tenant, email);
  if (user === undefined) return { outcome: 'unknown_email' };
  if (!isRight || user.password_hash !== hash) return { outcome: 'wrong_password', user };
  return { outcome: user.blocked === true ? 'blocked' : 'success', user };
}
