import { isJsonObject, memberOf } from '../verify/read-json-object.js';
import type { StoredKeySet } from './stored-key-set.js';

/** The keys of all issuers of a client, to start another process with. Public keys only; plain JSON. */
export interface KeyCache {
  readonly version: 1;
  readonly issuers: readonly StoredKeySet[];
}

/** Finds what a cache holds for an issuer. Whatever the cache is, it is no reason to fail: nothing, then. */
export function findStored(cache: unknown, issuer: string): StoredKeySet | undefined {
  const issuers = isJsonObject(cache) && memberOf(cache, 'version') === 1 ? memberOf(cache, 'issuers') : [];
  if (!Array.isArray(issuers)) return undefined;
  return issuers.find((stored) => isJsonObject(stored) && memberOf(stored, 'issuer') === issuer);
}
