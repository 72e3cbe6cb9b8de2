import { reportMisuse } from '@auth0/auth0-api-js/adapter';
import type { GuardedRequest } from './guard.js';
import type { Token } from './token.js';

/**
 * The verified claims of a request. Where `requiresAuth()` did not run before there are none; then the programmer is
 * told, and the check that asked refuses.
 *
 * @param asking - The middleware that asks, for the message.
 */
export function readUser(req: GuardedRequest, asking: string): Token | undefined {
  const user = req.auth0?.user;
  if (user !== undefined) return user;
  const message = `${asking}() refuses every request of a route that has no requiresAuth() before it. Put requiresAuth() first.`;
  reportMisuse('not_authenticated', message, req.auth0?.client);
  return undefined;
}
