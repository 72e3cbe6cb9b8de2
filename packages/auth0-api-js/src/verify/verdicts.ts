import type { VerificationKey } from '../keys/import-key.js';
import { RecentMap } from '../recent-map.js';
import type { TokenHeader } from './read-header.js';
import type { JsonObject } from './read-json-object.js';
import { readJsonSegment } from './read-json-segment.js';

/** A token that was found good, and the key that signed it. */
export interface Verdict {
  /** The whole token as it was sent. */
  readonly token: string;
  readonly header: TokenHeader;
  readonly key: VerificationKey;
}

/** A verdict with the claims of its token. Nobody outside of the pipeline ever gets hold of them. */
export interface KnownToken extends Verdict {
  readonly claims: JsonObject;
}

interface Entry extends Verdict {
  claims: JsonObject | undefined;
}

/** How much is remembered. */
export interface VerdictLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** Which characters a token is looked up by, counted from its end. They are of its signature, and as good as random. */
const keyStart = 12;
const keyEnd = 2;

/** What an entry takes in memory beside its token: the parsed claims, and its place in the list. */
const bytesOfEntry = 1024;
const bytesOfCharacter = 2;

/**
 * Remembers tokens that were found good, so that one that is seen again costs no second signature check and is not parsed
 * again. Time, issuer, audience, binding and the rest are checked on every request, and the key must still be the issuer's.
 *
 * An entry is looked up by a few characters of the signature, for to hash a whole token would take longer than all checks
 * together, and is found only if the whole token is the same. Two good tokens that agree in those characters are verified
 * each time, no more.
 */
export class Verdicts {
  readonly #entries: RecentMap<Entry, number>;

  constructor({ maxEntries, maxBytes }: VerdictLimits) {
    this.#entries = new RecentMap(maxEntries, { maxSize: maxBytes, sizeOf });
  }

  get(token: string): KnownToken | undefined {
    const entry = this.#entries.get(keyOf(token));
    if (entry?.token !== token) return undefined;
    // The claims that were parsed first went to the request that brought the token. Many tokens are seen only once.
    entry.claims ??= readPayload(token);
    return entry as KnownToken;
  }

  remember({ token, header, key }: Verdict): void {
    this.#entries.set(keyOf(token), { token, header, key, claims: undefined });
  }

  /** Forgets a token whose key is gone. */
  forget(token: string): void {
    this.#entries.delete(keyOf(token));
  }
}

/** Two tokens may have the same. */
function keyOf(token: string): number {
  let key = 0;
  for (let index = token.length - keyStart; index < token.length - keyEnd; index++)
    key = (key * 31 + token.charCodeAt(index)) | 0;
  return key;
}

/** The claims of a token that was read before. */
function readPayload(token: string): JsonObject | undefined {
  const [, payload = ''] = token.split('.', 2);
  return readJsonSegment(payload);
}

/** In bytes, estimated: strings of tokens have a byte for each character, and their claims about as much again. */
function sizeOf({ token }: Entry): number {
  return bytesOfEntry + token.length * bytesOfCharacter;
}
