import { completeUrl, readLoopbackOrigin } from '../api-origin.ts';
import { methods, type TestChoice } from './test-choice.ts';

/** A longer one is no link any more. */
const longestUrl = 1000;

/**
 * What the address of a Test tab says of the choice: whose token it is, and where it is sent. It has no token and no body,
 * and no URL but of this machine: nobody can link to code that gives a token away.
 */
export function readTestAddress({
  as,
  application,
  user,
  method,
  url = '',
}: Readonly<Record<string, string>>): Partial<TestChoice> {
  const known = methods.find((name) => name === method);
  const call = { ...(known && { method: known }), ...(isForAddress(url) && { url }) };
  if (as === 'user') {
    return {
      ...call,
      subject: as,
      ...(application !== undefined && { login: application }),
      ...(user !== undefined && { user: { user_id: user, label: user } }),
    };
  }
  return application === undefined ? call : { ...call, subject: 'application', machine: application };
}

/**
 * Writes it, for a reload and for a bookmark: the part behind `?`, empty for what is chosen without it.
 *
 * @param usualUrl - The URL of a tab where none was typed.
 */
export function writeTestAddress(
  { subject, machine, login, user, method, url: typed }: TestChoice,
  { origin, usualUrl }: { readonly origin: string; readonly usualUrl: string },
): string {
  const isUser = subject === 'user';
  const application = isUser ? login : machine;
  const url = completeUrl(typed, origin);
  return new URLSearchParams({
    ...(isUser && { as: subject }),
    ...(application !== null && { application }),
    ...(isUser && user !== null && { user: user.user_id }),
    ...(method !== 'GET' && { method }),
    ...(url !== usualUrl && isForAddress(url) && { url }),
  }).toString();
}

/** Whether the address may have a URL. A password in it is for nobody's history. */
export function isForAddress(url: string): boolean {
  if (url.length > longestUrl || readLoopbackOrigin(url) === undefined) return false;
  const { username, password } = new URL(url);
  return username === '' && password === '';
}
