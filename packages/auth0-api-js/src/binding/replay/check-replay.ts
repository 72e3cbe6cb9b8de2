import type { DpopPolicy } from '../binding-policy.js';
import type { UsedProof } from './replay-store.js';

/**
 * Checks that a proof was not used before, and remembers it (RFC 9449 section 11.1). It is asked last of all, so that
 * only a request that passes uses its proof up.
 *
 * @param proof - A proof that has passed every other check; nothing where there was none.
 */
export function checkReplay(proof: UsedProof | undefined, { replay }: DpopPolicy): void | Promise<void> {
  if (proof !== undefined) return replay?.check(proof);
}
