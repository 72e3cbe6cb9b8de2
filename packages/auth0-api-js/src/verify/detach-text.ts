import { longestToken } from './split-jws.js';

/**
 * A text of its own. V8 makes a part of a longer text that keeps all of it in memory, and a token may be remembered.
 *
 * @returns The same text; one that no token can be, for it is too long, as it is.
 */
export function detachText(text: string): string {
  // UTF-8, so that what is no ASCII stays none.
  return text.length > longestToken ? text : Buffer.from(text).toString();
}
