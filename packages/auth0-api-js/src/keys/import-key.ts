import { createPublicKey, type KeyObject } from 'node:crypto';
import { algorithms, type KeyType } from '../verify/algorithms.js';
import { decodeBase64url } from '../verify/decode-base64url.js';
import { isJsonObject, memberOf, type JsonObject } from '../verify/read-json-object.js';

/** A public key of an issuer, ready to verify with. */
export interface VerificationKey {
  /** The key id (RFC 7517 section 4.5), where the issuer gave one. */
  readonly kid: string | undefined;
  /** The algorithms it may be used with: the one its JWK names, or all that fit its type. */
  readonly algorithms: ReadonlySet<string>;
  readonly keyObject: KeyObject;
  /** The one length a signature by an RSA key has, in bytes. */
  readonly modulusBytes: number | undefined;
}

/** A key that cannot be used, and why, for the operator. */
export class UnusableKeyError extends Error {
  override readonly name = 'UnusableKeyError';
}

const smallestModulus = 2048;
const largestModulus = 4096;
const largestExponent = 2n ** 32n;

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
 * Imports one member of a key set, if it is a public signature key that is safe to use (RFC 7517 section 4,
 * RFC 7518 section 6, RFC 8037).
 *
 * @throws UnusableKeyError: the key is to be left out.
 */
export function importKey(jwk: unknown): VerificationKey {
  if (!isJsonObject(jwk)) throw new UnusableKeyError('it is not an object');
  checkPurpose(jwk);
  const keyType = readKeyType(jwk);
  const keyObject = createKeyObject(jwk, keyType);
  const modulusBytes = keyType === 'RSA' ? checkRsaKey(keyObject) : undefined;
  return { kid: readKid(jwk), algorithms: readAlgorithms(jwk, keyType), keyObject, modulusBytes };
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

function readKid(jwk: JsonObject): string | undefined {
  const kid = memberOf(jwk, 'kid');
  if (kid !== undefined && typeof kid !== 'string') throw new UnusableKeyError('its "kid" is not a string');
  return kid;
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

function createKeyObject(jwk: JsonObject, keyType: KeyType): KeyObject {
  const key =
    keyType === 'RSA'
      ? { kty: 'RSA', n: readBytes(jwk, 'n'), e: readBytes(jwk, 'e') }
      : { kty: String(jwk['kty']), crv: keyType, ...readPoint(jwk, keyType) };
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    throw new UnusableKeyError('its numbers are not a key');
  }
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

/** A modulus below 2048 bits can be factored, one beyond 4096 bits is a way to keep this process busy. */
function checkRsaKey(key: KeyObject): number {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < smallestModulus || modulusLength > largestModulus) {
    throw new UnusableKeyError(
      `its modulus has ${modulusLength} bits, not ${smallestModulus} to ${largestModulus}`,
    );
  }
  if (publicExponent < 3n || publicExponent % 2n === 0n || publicExponent > largestExponent) {
    throw new UnusableKeyError('its exponent is not an odd number from 3 to 2^32');
  }
  return Math.ceil(modulusLength / 8);
}

/** The same point with the sign of its other coordinate turned. */
function setTopBit(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  bytes[31] = (bytes[31] ?? 0) | 0x80;
  return bytes.toString('hex');
}
