import { createRefusal } from '../errors.js';
import type { TokenHeader } from './read-header.js';
import type { TokenPolicy } from './token-policy.js';

/** What a header may say: of one issuer's tokens, or of those of all that are trusted. */
export type HeaderPolicy = Pick<TokenPolicy, 'algorithms' | 'types'>;

/**
 * Checks the header before any key is looked for (RFC 7515 section 4.1, RFC 8725 section 3): the type is that of an access
 * token, and the algorithm is allowed.
 */
export function checkHeader(
  { type, alg, isKeyIdValid }: TokenHeader,
  { algorithms, types }: HeaderPolicy,
): void {
  if (type === undefined || !types.has(type)) throw createRefusal('type_not_accepted');
  if (alg === '') throw createRefusal('algorithm_missing');
  if (!algorithms.has(alg))
    throw createRefusal(/^hs/i.test(alg) ? 'algorithm_symmetric' : 'algorithm_not_allowed');
  if (!isKeyIdValid) throw createRefusal('key_id_invalid');
}
