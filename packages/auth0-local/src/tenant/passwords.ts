import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<Buffer, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);
// As much work as N = 16384 with p = 1, in a quarter of its memory.
const cost = { N: 4096, r: 8, p: 4 };
const length = 32;
const format = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;

/** A hash that no password has: what is compared for a user who does not exist, so that it takes the same time. */
export const nobodysHash = `scrypt$${cost.N}$${cost.r}$${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Hashes a password with scrypt (RFC 7914): `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(condense(password), salt, length, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Compares a password with a hash made here; the hash knows what it cost. */
export async function isPassword(password: string, hashed: string): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = format.exec(hashed) ?? [];
  if (N === undefined) return false;
  const options = { N: Number(N), r: Number(r), p: Number(p) };
  const actual = await derive(condense(password), Buffer.from(salt, 'base64url'), length, options);
  return timingSafeEqual(actual, Buffer.from(hash, 'base64url'));
}

/** Whether a text is a hash as they are made here, and costs no more than they do. */
export function isPasswordHash(text: string): boolean {
  const [, N, r, p] = format.exec(text) ?? [];
  return Number(N) * Number(r) * Number(p) <= cost.N * cost.r * cost.p;
}

/** Inside scrypt, HMAC takes a password for the same with zeros behind it; their digests are different. */
function condense(password: string): Buffer {
  return createHash('sha256').update(password.normalize('NFKC')).digest();
}
