import { isJsonObject, memberOf } from '../verify/read-json-object.js';
import { importKey, type VerificationKey } from './import-key.js';
import { UnusableKeyError } from './read-public-jwk.js';

/** The keys of an issuer that can be used, ready to be chosen from. */
export class KeySet {
  readonly keys: readonly VerificationKey[];
  readonly #byKid = new Map<string | undefined, VerificationKey[]>();

  constructor(keys: readonly VerificationKey[]) {
    this.keys = keys;
    for (const key of keys) this.#byKid.set(key.kid, [...(this.#byKid.get(key.kid) ?? []), key]);
  }

  /** Tells whether a key id is known at all, for whatever algorithm. */
  has(kid: string): boolean {
    return this.#byKid.has(kid);
  }

  /**
   * The keys a token may have been signed with: those of its key id that its algorithm fits. A token without a key id
   * gets a key only where there is no choice (RFC 7515 section 4.1.4 leaves it open).
   */
  select(alg: string, kid: string | undefined): readonly VerificationKey[] {
    const named = kid === undefined ? this.keys : (this.#byKid.get(kid) ?? []);
    const fitting = named.filter((key) => key.algorithms.has(alg));
    return kid === undefined && fitting.length > 1 ? [] : fitting;
  }
}

/**
 * Reads a JWK Set (RFC 7517 section 5). Keys that cannot be used are left out one by one, the others stay good.
 *
 * @param maxKeys - A set with more members is none.
 * @param onSkip - Told the position of each key left out, and why.
 * @returns Nothing if it is no key set, holds too many keys, or none that can be used.
 */
export function readKeySet(
  value: unknown,
  maxKeys: number,
  onSkip: (index: number, why: string) => void,
): KeySet | undefined {
  const members = isJsonObject(value) ? memberOf(value, 'keys') : undefined;
  if (!Array.isArray(members) || members.length > maxKeys) return undefined;
  const keys = members.flatMap((member, index) => importOrSkip(member, (why) => onSkip(index, why)));
  return keys.length === 0 ? undefined : new KeySet(keys);
}

function importOrSkip(member: unknown, onSkip: (why: string) => void): VerificationKey[] {
  try {
    return [importKey(member)];
  } catch (error) {
    if (!(error instanceof UnusableKeyError)) throw error;
    onSkip(error.message);
    return [];
  }
}
