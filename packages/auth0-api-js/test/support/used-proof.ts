import { createHash } from 'node:crypto';
import type { UsedProof } from '../../src/binding/replay/replay-store.js';
import { wallSeconds } from '../../src/clock.js';

/** A proof that is told from others by its name, with members to replace. */
export function usedProof(name: string, members: Partial<UsedProof> = {}): UsedProof {
  return {
    id: digestOf(name),
    client: digestOf('a client'),
    lifetimeSeconds: 60,
    usableSince: wallSeconds(),
    ...members,
  };
}

/** The digest of a text as ids and thumbprints are written. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
