import type { KeySet } from './key-set.js';
import type { KeySourceState } from './key-source.js';

/** Keys in memory, and until when they are what. All moments on the monotonic clock, in seconds. */
export interface HeldKeys {
  readonly keySet: KeySet;
  readonly fetchedAt: number;
  /** How long they are good for, counted from when they were fetched. */
  readonly freshSeconds: number;
  /** Until then a request uses them without a question. */
  readonly freshUntil: number;
  /** Until then they serve while the issuer is away. */
  readonly staleUntil: number;
}

/** Holds keys from now on. */
export function holdKeys(
  keySet: KeySet,
  fetchedAt: number,
  freshSeconds: number,
  staleSeconds: number,
): HeldKeys {
  const freshUntil = fetchedAt + freshSeconds;
  return { keySet, fetchedAt, freshSeconds, freshUntil, staleUntil: freshUntil + staleSeconds };
}

/** What keys in memory are at a moment. */
export function stateOf(held: HeldKeys | undefined, now: number): Exclude<KeySourceState, 'static'> {
  if (held === undefined) return 'empty';
  if (now < held.freshUntil) return 'fresh';
  return now < held.staleUntil ? 'stale' : 'expired';
}

const earliestRefresh = 0.8;
const latestRefresh = 0.95;

/**
 * When to ask for newer keys, before these are due: somewhere from 80 to 95 % of their time. No request waits for it,
 * and processes that started together do not ask together.
 *
 * @returns Seconds after the keys were fetched.
 */
export function refreshAfterSeconds(freshSeconds: number): number {
  return freshSeconds * (earliestRefresh + Math.random() * (latestRefresh - earliestRefresh));
}
