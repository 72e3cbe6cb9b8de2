import { isJsonObject, memberOf } from '../verify/read-json-object.js';
import type { HeldKeys } from './held-keys.js';
import type { VerificationKey } from './import-key.js';
import { readKeySet, type KeySet } from './key-set.js';

/** The keys of one issuer as they are carried from one process to another. Public keys only; plain JSON. */
export interface StoredKeySet {
  readonly issuer: string;
  /** When they were fetched, in milliseconds since 1970. */
  readonly fetchedAt: number;
  /** How long they are good for from then on, in seconds. */
  readonly freshSeconds: number;
  /** JSON Web Keys (RFC 7517 section 4). */
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** Keys that were carried here, after their check. */
export interface CarriedKeys {
  readonly keySet: KeySet;
  readonly ageSeconds: number;
  readonly freshSeconds: number;
}

/** Writes keys down for another process. */
export function storeKeySet(issuer: string, held: HeldKeys, ageSeconds: number): StoredKeySet {
  return {
    issuer,
    fetchedAt: Date.now() - ageSeconds * 1000,
    freshSeconds: held.freshSeconds,
    keys: held.keySet.keys.map(writeKey),
  };
}

/** How far ahead the clock of the process may have been that wrote the keys down. */
const clockToleranceSeconds = 60;

/**
 * Reads keys that another process wrote down. They are a gift of the past, never a reason to fail: what is malformed,
 * from the future, or too old to be used is nothing.
 */
export function readStoredKeySet(
  value: unknown,
  { maxKeys, maxFreshSeconds, staleSeconds }: StoredKeyLimits,
): CarriedKeys | undefined {
  if (!isJsonObject(value)) return undefined;
  const fetchedAt = memberOf(value, 'fetchedAt');
  const freshSeconds = memberOf(value, 'freshSeconds');
  if (!isTime(fetchedAt) || !isTime(freshSeconds)) return undefined;
  const ageSeconds = (Date.now() - fetchedAt) / 1000;
  const limitedFresh = Math.min(freshSeconds, maxFreshSeconds);
  if (ageSeconds < -clockToleranceSeconds || ageSeconds >= limitedFresh + staleSeconds) return undefined;
  const keySet = readKeySet(value, maxKeys, () => {});
  return keySet && { keySet, ageSeconds: Math.max(0, ageSeconds), freshSeconds: limitedFresh };
}

/** What bounds the keys that are carried from elsewhere. */
export interface StoredKeyLimits {
  readonly maxKeys: number;
  readonly maxFreshSeconds: number;
  readonly staleSeconds: number;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** The key as its issuer publishes it. `alg` is written where it is the only algorithm the key may be used with. */
function writeKey({ keyObject, kid, algorithms }: VerificationKey): Readonly<Record<string, unknown>> {
  const [alg, ...others] = algorithms;
  return {
    ...keyObject.export({ format: 'jwk' }),
    ...(kid !== undefined && { kid }),
    ...(others.length === 0 && { alg }),
    use: 'sig',
  };
}
