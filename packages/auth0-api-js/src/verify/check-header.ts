import { createRefusal } from '../errors.js';
import { memberOf, type JsonObject } from './read-json-object.js';
import type { TokenPolicy } from './token-policy.js';

/** The members of a header that later steps use, after their check. */
export interface TokenHeader {
  readonly alg: string;
  readonly kid: string | undefined;
}

/** What a header may say: of one issuer's tokens, or of those of all that are trusted. */
export type HeaderPolicy = Pick<TokenPolicy, 'algorithms' | 'types'>;

/** How a policy names a token without `typ`. */
export const noType = '';

/** Members of encrypted or nested tokens. A token that has one is not a signed access token. */
export const encryptionMembers = ['enc', 'zip', 'p2c'] as const;

/** In characters. */
export const longestKeyId = 256;

/**
 * Checks the protected header before any key is looked for (RFC 7515 section 4.1, RFC 8725 section 3): the algorithm is
 * allowed, the type is that of an access token, and no extension is asked for. `jwk`, `jku`, `x5u` and `x5c` are never
 * read: keys come from the issuer alone.
 */
export function checkHeader(header: JsonObject, { algorithms, types }: HeaderPolicy): TokenHeader {
  checkExtensions(header);
  checkType(header, types);
  return { alg: readAlgorithm(header, algorithms), kid: readKeyId(header) };
}

function checkExtensions(header: JsonObject): void {
  if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64')) throw createRefusal('critical_header');
  if (encryptionMembers.some((name) => Object.hasOwn(header, name))) throw createRefusal('encryption_header');
  const contentType = memberOf(header, 'cty');
  if (contentType === undefined) return;
  if (typeof contentType !== 'string' || contentType.toLowerCase() === 'jwt')
    throw createRefusal('encryption_header');
}

/** Media types compare in any case (RFC 7515 section 4.1.9). An empty `typ` is not the same as none. */
function checkType(header: JsonObject, types: ReadonlySet<string>): void {
  const type = Object.hasOwn(header, 'typ') ? header['typ'] : noType;
  const isText = typeof type === 'string' && (type !== '' || !Object.hasOwn(header, 'typ'));
  if (!isText || !types.has(type.toLowerCase())) throw createRefusal('type_not_accepted');
}

function readAlgorithm(header: JsonObject, algorithms: ReadonlySet<string>): string {
  const alg = memberOf(header, 'alg');
  if (typeof alg !== 'string' || alg === '') throw createRefusal('algorithm_missing');
  if (algorithms.has(alg)) return alg;
  throw createRefusal(/^hs/i.test(alg) ? 'algorithm_symmetric' : 'algorithm_not_allowed');
}

function readKeyId(header: JsonObject): string | undefined {
  if (!Object.hasOwn(header, 'kid')) return undefined;
  const kid = memberOf(header, 'kid');
  if (typeof kid !== 'string' || kid.length > longestKeyId || /\p{Cc}/u.test(kid)) {
    throw createRefusal('key_id_invalid');
  }
  return kid;
}
