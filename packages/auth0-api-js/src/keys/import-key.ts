import { createPublicKey, type KeyObject } from 'node:crypto';
import { createVerifyInputs, type VerifyInput } from './create-verify-inputs.js';
import { isJsonObject, memberOf, type JsonObject } from '../verify/read-json-object.js';
import { readPublicJwk, UnusableKeyError, type PublicJwk } from './read-public-jwk.js';

/** A public key of an issuer, ready to verify with. */
export interface VerificationKey {
  /** The key id (RFC 7517 section 4.5), where the issuer gave one. */
  readonly kid: string | undefined;
  /** The algorithms it may be used with: the one its JWK names, or all that fit its type. */
  readonly algorithms: ReadonlySet<string>;
  readonly keyObject: KeyObject;
  /** The members of its JWK that make the key; none for a secret. */
  readonly jwk: PublicJwk['members'] | undefined;
  /** How it is verified with, by algorithm; none for a secret. */
  readonly inputs: ReadonlyMap<string, VerifyInput>;
  /** The one length a signature by an RSA key has, in bytes. */
  readonly modulusBytes: number | undefined;
}

const smallestModulus = 2048;
const largestModulus = 4096;
const largestExponent = 2n ** 32n;

/**
 * Imports one member of a key set, if it is a public signature key that is safe to use (RFC 7517 section 4,
 * RFC 7518 section 6, RFC 8037).
 *
 * @param known - Keys that were imported before. One that says the same is taken again, so that what was verified with it
 *   stays known.
 * @throws UnusableKeyError: the key is to be left out.
 */
export function importKey(jwk: unknown, known: readonly VerificationKey[] = []): VerificationKey {
  const publicJwk = readPublicJwk(jwk);
  const kid = isJsonObject(jwk) ? readKid(jwk) : undefined;
  return known.find((key) => isSameKey(key, publicJwk, kid)) ?? importPublicJwk(publicJwk, kid);
}

function isSameKey(
  { jwk, kid, algorithms }: VerificationKey,
  other: PublicJwk,
  otherKid: string | undefined,
): boolean {
  if (jwk === undefined || kid !== otherKid) return false;
  const names = Object.keys(other.members);
  return (
    Object.keys(jwk).length === names.length &&
    names.every((name) => jwk[name] === other.members[name]) &&
    algorithms.size === other.algorithms.size &&
    [...algorithms].every((name) => other.algorithms.has(name))
  );
}

/**
 * Makes a key of a JWK that was read before.
 *
 * @throws UnusableKeyError: its numbers are no key, or one that is not safe to use.
 */
export function importPublicJwk(
  { keyType, members, algorithms }: PublicJwk,
  kid: string | undefined,
): VerificationKey {
  const keyObject = createKeyObject(members);
  const modulusBytes = keyType === 'RSA' ? checkRsaKey(keyObject) : undefined;
  return {
    kid,
    algorithms,
    keyObject,
    jwk: members,
    inputs: createVerifyInputs(keyObject, algorithms),
    modulusBytes,
  };
}

function readKid(jwk: JsonObject): string | undefined {
  const kid = memberOf(jwk, 'kid');
  if (kid !== undefined && typeof kid !== 'string') throw new UnusableKeyError('its "kid" is not a string');
  return kid;
}

function createKeyObject(members: PublicJwk['members']): KeyObject {
  try {
    return createPublicKey({ key: members, format: 'jwk' });
  } catch {
    throw new UnusableKeyError('its numbers are not a key');
  }
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
