import { LRUCache } from 'lru-cache';
import type { VerificationKey } from '../keys/import-key.js';
import type { JsonObject } from './read-json-object.js';

/** A token whose signature was found good, and the key that made it. */
export interface SignedToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly key: VerificationKey;
}

const mostTokens = 5000;
const mostCharacters = 4 * 1024 * 1024;

/**
 * Remembers which key signed which token, so that a token seen again costs no second signature check. Nothing else is
 * remembered: time, audience and binding are checked on every request, and the key must still be the issuer's.
 *
 * An entry is found by the whole token as it was sent, which has only one accepted spelling.
 */
export class SignedTokens {
  readonly #tokens = new LRUCache<string, SignedToken>({
    max: mostTokens,
    // Said in so many words: what is left out would be looked for on the prototype of all objects.
    ttl: 0,
    maxSize: mostCharacters,
    sizeCalculation: (_signed, text) => text.length,
  });

  get(text: string): SignedToken | undefined {
    return this.#tokens.get(text);
  }

  remember(text: string, { header, claims, key }: SignedToken): void {
    this.#tokens.set(text, { header, claims, key });
  }
}
