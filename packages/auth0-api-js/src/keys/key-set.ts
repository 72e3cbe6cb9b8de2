import { isJsonObject, memberOf } from '../verify/read-json-object.js';
import { importKey, type VerificationKey } from './import-key.js';
import { UnusableKeyError } from './read-public-jwk.js';

/** The keys of an issuer that can be used, ready to be chosen from. */
export class KeySet {
  readonly keys: readonly VerificationKey[];
  /** The keys of each key id by algorithm, so that a request only looks them up. */
  readonly #byKid: ReadonlyMap<string | undefined, KeysByAlgorithm>;
  /** The keys of tokens without a key id, by algorithm. */
  readonly #nameless: KeysByAlgorithm;

  constructor(keys: readonly VerificationKey[]) {
    this.keys = keys;
    const kids = new Set(keys.map(({ kid }) => kid));
    this.#byKid = new Map([...kids].map((kid) => [kid, sortKeys(keys.filter((key) => key.kid === kid))]));
    this.#nameless = new Map([...sortKeys(keys)].filter(([, fitting]) => fitting.length === 1));
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
    const named = kid === undefined ? this.#nameless : this.#byKid.get(kid);
    return named?.get(alg) ?? noKeys;
  }
}

type KeysByAlgorithm = ReadonlyMap<string, readonly VerificationKey[]>;

const noKeys: readonly VerificationKey[] = Object.freeze([]);

function sortKeys(keys: readonly VerificationKey[]): KeysByAlgorithm {
  const names = new Set(keys.flatMap(({ algorithms }) => [...algorithms]));
  return new Map([...names].map((name) => [name, keys.filter(({ algorithms }) => algorithms.has(name))]));
}

/**
 * Reads a JWK Set (RFC 7517 section 5). Keys that cannot be used are left out one by one, the others stay good.
 *
 * @param maxKeys - A set with more members is none.
 * @param onSkip - Told the position of each key left out, and why.
 * @param known - Keys of the set before. Those that are in this one, too, are the same objects.
 * @returns Nothing if it is no key set, holds too many keys, or none that can be used.
 */
export function readKeySet(
  value: unknown,
  maxKeys: number,
  onSkip: (index: number, why: string) => void,
  known: readonly VerificationKey[] = [],
): KeySet | undefined {
  const members = isJsonObject(value) ? memberOf(value, 'keys') : undefined;
  if (!Array.isArray(members) || members.length > maxKeys) return undefined;
  const keys = members.flatMap((member, index) => importOrSkip(member, known, (why) => onSkip(index, why)));
  return keys.length === 0 ? undefined : new KeySet(keys);
}

function importOrSkip(
  member: unknown,
  known: readonly VerificationKey[],
  onSkip: (why: string) => void,
): VerificationKey[] {
  try {
    return [importKey(member, known)];
  } catch (error) {
    if (!(error instanceof UnusableKeyError)) throw error;
    onSkip(error.message);
    return [];
  }
}
