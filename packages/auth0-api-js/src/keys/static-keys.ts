import type { VerificationKey } from './import-key.js';
import type { KeySet } from './key-set.js';
import type { KeySource, KeySourceHealth } from './key-source.js';

/** Keys that the application gave. They need no network and do not age. */
export class StaticKeys implements KeySource {
  readonly #keySet: KeySet;

  constructor(keySet: KeySet) {
    this.#keySet = keySet;
  }

  /** A single key without an id of its own is the one a token means, whatever id it names. */
  select(alg: string, kid: string | undefined): readonly VerificationKey[] {
    const [only, ...others] = this.#keySet.keys;
    const isNameless = only !== undefined && others.length === 0 && only.kid === undefined;
    return this.#keySet.select(alg, isNameless ? undefined : kid);
  }

  list(): readonly VerificationKey[] {
    return this.#keySet.keys;
  }

  async prepare(): Promise<void> {}

  health(): KeySourceHealth {
    return { state: 'static', isUsable: true, keyCount: this.#keySet.keys.length, isFetching: false };
  }

  store(): undefined {
    return undefined;
  }

  close(): void {}
}
