import { createRefusal } from '../errors.js';
import { decodeBase64url } from './decode-base64url.js';
import { memberOf, readJsonObject, type JsonObject } from './read-json-object.js';

/** The header of a token as far as it is used. Which values are accepted is for `checkHeader()` to say. */
export interface TokenHeader {
  /** All of it, as it was parsed. */
  readonly members: JsonObject;
  /** `typ` in lower case; the empty text if there is none; nothing if it is empty or no text. */
  readonly type: string | undefined;
  /** `alg`; the empty text if there is none. */
  readonly alg: string;
  /** `kid`, if there is one that can be used. */
  readonly kid: string | undefined;
  readonly isKeyIdValid: boolean;
}

/** How a token without `typ` is named. */
export const noType = '';

/** Members of encrypted or nested tokens. A token that has one is not a signed access token. */
export const encryptionMembers = ['enc', 'zip', 'p2c'] as const;

/** In characters. */
export const longestKeyId = 256;

/**
 * Reads the first segment of a token (RFC 7515 section 4.1, RFC 8725 section 3). A header that asks for an extension is
 * refused. `jwk`, `jku`, `x5u` and `x5c` are never read: keys come from the issuer alone.
 */
export function readHeader(text: string): TokenHeader {
  const bytes = decodeBase64url(text);
  if (!bytes) throw createRefusal('token_malformed');
  const members = readJsonObject(bytes);
  if (!members) throw createRefusal('header_malformed');
  return readHeaderMembers(members);
}

/** Reads a header that was parsed. */
export function readHeaderMembers(members: JsonObject): TokenHeader {
  checkExtensions(members);
  const alg = memberOf(members, 'alg');
  const kid = memberOf(members, 'kid');
  const isKeyIdValid = !Object.hasOwn(members, 'kid') || isKeyId(kid);
  return {
    members,
    type: readType(members),
    alg: typeof alg === 'string' ? alg : '',
    kid: isKeyIdValid ? (kid as string | undefined) : undefined,
    isKeyIdValid,
  };
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
function readType(header: JsonObject): string | undefined {
  if (!Object.hasOwn(header, 'typ')) return noType;
  const type = header['typ'];
  return typeof type === 'string' && type !== '' ? type.toLowerCase() : undefined;
}

function isKeyId(kid: unknown): boolean {
  return typeof kid === 'string' && kid.length <= longestKeyId && !/\p{Cc}/u.test(kid);
}
