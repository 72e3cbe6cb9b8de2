import type { VerificationKey } from '../../keys/import-key.js';
import { RecentMap } from '../../recent-map.js';
import { detachText } from '../../verify/detach-text.js';
import type { ProofHeader } from './read-proof-header.js';

/** The key that a client signs its proofs with, ready to verify with. */
export interface ProofKey extends Pick<ProofHeader, 'alg' | 'thumbprint'> {
  readonly key: VerificationKey;
}

const mostKeys = 5000;

/** In characters; longer headers are read each time. */
const longestHeader = 2048;

/**
 * Remembers the keys of clients by the headers of their proofs, so that a client's header is read, and its key imported,
 * once. Only a proof that was found good leaves its key here: nobody can push others out without a token of their own.
 */
export class ProofKeys {
  readonly #keys = new RecentMap<ProofKey>(mostKeys);

  get(headerText: string): ProofKey | undefined {
    return this.#keys.get(headerText);
  }

  remember(headerText: string, key: ProofKey): void {
    if (headerText.length <= longestHeader) this.#keys.set(detachText(headerText), key);
  }
}
