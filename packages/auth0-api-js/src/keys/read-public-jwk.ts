import { algorithms, type KeyType } from '../verify/algorithms.js';
import { decodeBase64url } from '../verify/decode-base64url.js';
import { isJsonObject, memberOf, type JsonObject } from '../verify/read-json-object.js';

/** A key that cannot be used, and why, for the operator. */
export class UnusableKeyError extends Error {
  override readonly name = 'UnusableKeyError';
}

/** A public signature key by its JWK, after its check. Whether its numbers are a key is not known yet. */
export interface PublicJwk {
  readonly keyType: KeyType;
  /** The members that make the key, and no others. */
  readonly members: Readonly<Record<string, string>>;
  /** The algorithms it may be used with: the one its JWK names, or all that fit its type. */
  readonly algorithms: ReadonlySet<string>;
}

/** Coordinate lengths by curve, in bytes (RFC 7518 section 6.2.1, RFC 8037 section 2). */
const coordinateBytes: Readonly<Record<Exclude<KeyType, 'RSA'>, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
  Ed25519: 32,
};

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'] as const;

/** The x-coordinates of Ed25519 points of small order, with their non-canonical spellings: anyone can sign for those. */
const smallOrderPoints: ReadonlySet<string> = new Set(
  [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ].flatMap((hex) => [hex, setTopBit(hex)]),
);

/**
 * Reads a JWK that is to be a public signature key: its purpose, its type and the form of its numbers (RFC 7517 section 4,
 * RFC 7518 section 6, RFC 8037). Cheap: no key is made of it.
 *
 * @throws UnusableKeyError: it is none, or not safe to use.
 */
export function readPublicJwk(jwk: unknown): PublicJwk {
  if (!isJsonObject(jwk)) throw new UnusableKeyError('it is not an object');
  checkPurpose(jwk);
  const keyType = readKeyType(jwk);
  return { keyType, members: readMembers(jwk, keyType), algorithms: readAlgorithms(jwk, keyType) };
}

function checkPurpose(jwk: JsonObject): void {
  if (memberOf(jwk, 'kty') === 'oct') throw new UnusableKeyError('it is symmetric');
  if (privateMembers.some((name) => Object.hasOwn(jwk, name))) {
    throw new UnusableKeyError(
      'it holds a PRIVATE key. The issuer has published it: it must be replaced at once',
    );
  }
  const use = memberOf(jwk, 'use');
  if (use !== undefined && use !== 'sig') throw new UnusableKeyError('its "use" is not "sig"');
  const operations = memberOf(jwk, 'key_ops');
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
    throw new UnusableKeyError('its "key_ops" do not hold "verify"');
  }
}

function readKeyType(jwk: JsonObject): KeyType {
  const kty = memberOf(jwk, 'kty');
  const crv = memberOf(jwk, 'crv');
  if (kty === 'RSA') return 'RSA';
  if (kty === 'EC' && (crv === 'P-256' || crv === 'P-384' || crv === 'P-521')) return crv;
  if (kty === 'OKP' && crv === 'Ed25519') return crv;
  throw new UnusableKeyError('its type or curve is not supported');
}

function readAlgorithms(jwk: JsonObject, keyType: KeyType): ReadonlySet<string> {
  const fitting = [...algorithms]
    .filter(([, algorithm]) => algorithm.keyType === keyType)
    .map(([name]) => name);
  if (!Object.hasOwn(jwk, 'alg')) return new Set(fitting);
  const own = fitting.filter((name) => name === jwk['alg']);
  if (own.length === 0) throw new UnusableKeyError('its "alg" is not supported or does not fit its type');
  return new Set(own);
}

function readMembers(jwk: JsonObject, keyType: KeyType): Record<string, string> {
  if (keyType === 'RSA') return { kty: 'RSA', n: readBytes(jwk, 'n'), e: readBytes(jwk, 'e') };
  return { kty: String(jwk['kty']), crv: keyType, ...readPoint(jwk, keyType) };
}

function readPoint(jwk: JsonObject, curve: Exclude<KeyType, 'RSA'>): { x: string; y?: string } {
  const bytes = coordinateBytes[curve];
  const x = readBytes(jwk, 'x', bytes);
  if (curve !== 'Ed25519') return { x, y: readBytes(jwk, 'y', bytes) };
  if (smallOrderPoints.has(Buffer.from(x, 'base64url').toString('hex'))) {
    throw new UnusableKeyError('its point has a small order');
  }
  return { x };
}

function readBytes(jwk: JsonObject, name: string, length?: number): string {
  const text = memberOf(jwk, name);
  const bytes = typeof text === 'string' ? decodeBase64url(text) : undefined;
  if (typeof text !== 'string' || !bytes?.length || (length !== undefined && bytes.length !== length)) {
    throw new UnusableKeyError(`its "${name}" is missing or malformed`);
  }
  return text;
}

/** The same point with the sign of its other coordinate turned. */
function setTopBit(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  bytes[31] = (bytes[31] ?? 0) | 0x80;
  return bytes.toString('hex');
}
