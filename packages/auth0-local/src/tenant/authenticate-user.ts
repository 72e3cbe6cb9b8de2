import { hashPassword, isPassword } from './passwords.js';
import { randomSecret } from './ids.js';
import type { Tenant } from './tenant.js';
import { findUserByEmail, type User } from './users.js';

let unknown: Promise<string> | undefined;

/**
 * Finds the user who has an email and a password. An unknown email takes as long as a wrong password: otherwise the time
 * would tell who has an account. Whether the user is blocked is for the caller to look at.
 */
export async function authenticateUser(
  tenant: Tenant,
  email: string,
  password: string,
): Promise<User | undefined> {
  unknown ??= hashPassword(randomSecret());
  const hashOfNobody = await unknown;
  const hash = findUserByEmail(tenant, email)?.password_hash ?? hashOfNobody;
  const isRight = await isPassword(password, hash);
  // Read after the last wait: the password may have been changed meanwhile.
  const user = findUserByEmail(tenant, email);
  return isRight && user?.password_hash === hash ? user : undefined;
}
