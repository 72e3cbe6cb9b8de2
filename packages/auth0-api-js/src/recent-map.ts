/** How much entries take, where they are not only counted. */
export interface SizeLimit<Value> {
  readonly maxSize: number;
  /** In the same unit. */
  readonly sizeOf: (value: Value) => number;
}

/**
 * Remembers the entries that were used lately, in bounded memory, for the price of a lookup: nothing is kept of what was
 * used when.
 *
 * Entries are written to the younger of two generations. Once that holds half of what is allowed, it becomes the older
 * one, and the older one is forgotten as a whole. What is used in between moves to the younger generation. So what was
 * used last, half of what is allowed, is always known, and never more than what is allowed.
 */
export class RecentMap<Value extends {}, Key extends string | number = string> {
  readonly #mostYoung: number;
  readonly #limit: SizeLimit<Value> | undefined;
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();
  #youngSize = 0;

  /** @param maxEntries - At least 2. */
  constructor(maxEntries: number, limit?: SizeLimit<Value>) {
    this.#mostYoung = Math.floor(maxEntries / 2);
    this.#limit = limit;
  }

  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: Key, value: Value): void {
    const size = this.#sizeOf(value);
    const most = this.#limit === undefined ? Infinity : this.#limit.maxSize / 2;
    this.#deleteYoung(key);
    // What is too large leaves nothing behind of what it was to replace.
    if (size > most) {
      this.#old.delete(key);
      return;
    }
    if (this.#young.size >= this.#mostYoung || this.#youngSize + size > most) this.#age();
    this.#young.set(key, value);
    this.#youngSize += size;
  }

  delete(key: Key): void {
    this.#old.delete(key);
    this.#deleteYoung(key);
  }

  #deleteYoung(key: Key): void {
    const young = this.#young.get(key);
    if (young === undefined) return;
    this.#young.delete(key);
    this.#youngSize -= this.#sizeOf(young);
  }

  #age(): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#youngSize = 0;
  }

  #sizeOf(value: Value): number {
    return this.#limit === undefined ? 0 : this.#limit.sizeOf(value);
  }
}
