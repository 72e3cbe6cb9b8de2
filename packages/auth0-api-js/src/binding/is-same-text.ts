import { timingSafeEqual } from 'node:crypto';

/** Tells whether two texts are equal, in a time that does not tell where they differ. Their lengths are no secret. */
export function isSameText(one: string, other: string): boolean {
  const [bytes, otherBytes] = [Buffer.from(one), Buffer.from(other)];
  return bytes.length === otherBytes.length && timingSafeEqual(bytes, otherBytes);
}
