import { isJsonObject, memberOf } from '../verify/read-json-object.js';
import type { StoredKeySet } from './stored-key-set.js';

/** The keys of all issuers of a client, to start another process with. Public keys only; plain JSON. */
export interface KeyCache {
  readonly version: 1;
  readonly issuers: readonly StoredKeySet[];
}

/**
 * Keys that were carried here. They begin the life of an issuer's keys and are used once: what this process has learned
 * since, such as that a key was withdrawn, is not undone by them.
 */
export class KeyCacheReader {
  readonly #sets: Map<unknown, StoredKeySet>;
  /** Whether it was a cache at all, or nothing. */
  readonly isUsable: boolean;

  /** @param cache - Whatever it is, it is no reason to fail. */
  constructor(cache: unknown) {
    const issuers =
      isJsonObject(cache) && memberOf(cache, 'version') === 1 ? memberOf(cache, 'issuers') : undefined;
    this.isUsable = Array.isArray(issuers) || cache === undefined || cache === null;
    const sets: unknown[] = Array.isArray(issuers) ? issuers : [];
    this.#sets = new Map(
      sets.filter(isJsonObject).map((set) => [memberOf(set, 'issuer'), set as unknown as StoredKeySet]),
    );
  }

  /** Takes what there is of an issuer. */
  take(issuer: string): StoredKeySet | undefined {
    const set = this.#sets.get(issuer);
    this.#sets.delete(issuer);
    return set;
  }
}
