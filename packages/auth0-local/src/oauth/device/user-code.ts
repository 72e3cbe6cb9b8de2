import { randomInt } from 'node:crypto';

/** Consonants that nobody takes for another and that make no words (RFC 8628 section 6.1): 20^8 codes. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';

/** A code for people to type: `ABCD-EFGH`. */
export function createUserCode(): string {
  const code = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** Reads a code as people type it, in small letters or without the dash; nothing if it can be none. */
export function readUserCode(typed: string | undefined): string | undefined {
  const code = typed?.toUpperCase().replaceAll(/[\s-]/g, '') ?? '';
  if (!new RegExp(`^[${letters}]{8}$`).test(code)) return undefined;
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
