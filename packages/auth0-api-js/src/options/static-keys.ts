import {
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  type KeyObject,
  type webcrypto,
} from 'node:crypto';
import { types } from 'node:util';
import { importKey, UnusableKeyError, type VerificationKey } from '../keys/import-key.js';
import { KeySet, readKeySet } from '../keys/key-set.js';
import { defaultKeySettings } from '../keys/key-settings.js';
import type { TokenPolicy } from '../verify/token-policy.js';
import { invalidOption } from './invalid-option.js';
import { readPolicy, type ProfileOptions } from './profile-options.js';

/** Keys that are given rather than fetched: at most one of the three. */
export interface StaticKeyOptions {
  /** A JWK Set (RFC 7517 section 5) with public keys. */
  jwks?: { readonly keys: readonly object[] };
  /** One public key: PEM (SPKI), a JWK, or a `KeyObject`. */
  publicKey?: string | JsonWebKey | webcrypto.JsonWebKey | KeyObject;
  /**
   * A secret shared with the issuer, for HS256 only: at least 32 bytes (a text counts in UTF-8). Whoever can verify with it
   * can also sign: prefer a public key.
   */
  secret?: string | Uint8Array;
}

/** The names of the options that give keys. */
export const staticKeyOptionNames: readonly (keyof StaticKeyOptions)[] = ['jwks', 'publicKey', 'secret'];

/** RFC 7518 section 3.2: a key is at least as long as the hash. In bytes. */
const shortestSecret = 32;

const hs256: ReadonlySet<string> = new Set(['HS256']);

/**
 * Reads keys that are given rather than fetched; nothing if there are none.
 *
 * @param options - With `jwksUri`, which says that they are fetched.
 */
export function readStaticKeys(
  options: StaticKeyOptions & { readonly jwksUri?: string },
  where: string,
): KeySet | undefined {
  const names = ['jwksUri', ...staticKeyOptionNames] as const;
  const given = names.filter((name) => options[name] !== undefined);
  if (given.length > 1) {
    const both = given.map((name) => `"${name}"`).join(' and ');
    throw invalidOption(where, `${both} contradict each other. Give one`);
  }
  if (options.jwks !== undefined) return readSet(options.jwks, where);
  if (options.publicKey !== undefined) return new KeySet([readPublicKey(options.publicKey, where)]);
  if (options.secret !== undefined) return new KeySet([readSecret(options.secret, where)]);
  return undefined;
}

/** What tokens must be like that are signed with a secret: HS256, and nothing else. */
export function secretPolicy(options: ProfileOptions, base: TokenPolicy, where: string): TokenPolicy {
  const readHs256 = (algorithms: unknown): ReadonlySet<string> => {
    if (Array.isArray(algorithms) && algorithms.length === 1 && algorithms[0] === 'HS256') return hs256;
    throw invalidOption(where, `"secret" is for HS256 only, and "algorithms" say otherwise. Leave them out`);
  };
  return readPolicy(options, { ...base, algorithms: hs256 }, readHs256);
}

function readSet(jwks: unknown, where: string): KeySet {
  const skipped: string[] = [];
  const keySet = readKeySet(jwks, defaultKeySettings.maxKeys, (index, why) =>
    skipped.push(`${index}: ${why}`),
  );
  if (keySet !== undefined && skipped.length === 0) return keySet;
  const detail = skipped.length === 0 ? '' : ` (number ${skipped.join('; number ')})`;
  throw invalidOption(where, `"jwks" must be a JWK Set of public signature keys that can be used${detail}`);
}

function readPublicKey(key: unknown, where: string): VerificationKey {
  try {
    return importKey(toJwk(key));
  } catch (error) {
    const why = error instanceof UnusableKeyError ? `: ${error.message}` : '';
    throw invalidOption(where, `"publicKey" must be a public key as PEM (SPKI), JWK or KeyObject${why}`);
  }
}

function toJwk(key: unknown): unknown {
  if (typeof key === 'string') return createPublicKey(checkPem(key)).export({ format: 'jwk' });
  return types.isKeyObject(key) ? checkPublic(key).export({ format: 'jwk' }) : key;
}

/** `createPublicKey` would take a private key, too; nobody should have to give one to verify. */
function checkPem(text: string): string {
  if (text.includes('PRIVATE KEY-----')) throw new UnusableKeyError('it holds a PRIVATE key');
  if (/-----BEGIN (PUBLIC KEY|CERTIFICATE)-----/.test(text)) return text;
  throw new UnusableKeyError(
    'a PEM must begin with -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE-----',
  );
}

function checkPublic(key: KeyObject): KeyObject {
  if (key.type === 'public') return key;
  throw new UnusableKeyError(`it is a ${key.type.toUpperCase()} key`);
}

function readSecret(secret: unknown, where: string): VerificationKey {
  const bytes =
    typeof secret === 'string'
      ? Buffer.from(secret)
      : secret instanceof Uint8Array
        ? Buffer.from(secret)
        : undefined;
  if (bytes === undefined || bytes.length < shortestSecret)
    throw invalidOption(
      where,
      `"secret" must be at least ${shortestSecret} bytes, as text or bytes (RFC 7518 section 3.2)`,
    );
  if (/-----BEGIN|"kty"/.test(bytes.toString('latin1')))
    throw invalidOption(
      where,
      '"secret" looks like a public key. Anybody has that: give it as "publicKey" or "jwks"',
    );
  return {
    kid: undefined,
    algorithms: hs256,
    keyObject: createSecretKey(bytes),
    modulusBytes: undefined,
  };
}
