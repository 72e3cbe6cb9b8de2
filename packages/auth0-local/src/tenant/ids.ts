import { randomBytes, randomInt } from 'node:crypto';

const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random hexadecimal digits: ids of APIs and users. */
export function randomHex(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length);
}

/** Random letters and digits: client ids, and the part of other ids behind their prefix. */
export function randomAlphanumerics(length: number): string {
  return Array.from({ length }, () => alphanumerics[randomInt(alphanumerics.length)]).join('');
}

/** A secret nobody can guess, in base64url: 43 characters for 32 bytes. */
export function randomSecret(bytes = 48): string {
  return randomBytes(bytes).toString('base64url');
}
