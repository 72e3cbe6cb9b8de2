import { createPublicKey, type KeyObject, type webcrypto } from 'node:crypto';
import { isKeyObject } from 'node:util/types';
import { importKey, type VerificationKey } from '../keys/import-key.js';
import { UnusableKeyError } from '../keys/read-public-jwk.js';
import { KeySet, readKeySet } from '../keys/key-set.js';
import { defaultKeySettings } from '../keys/key-settings.js';
import { isJsonObject, memberOf } from '../verify/read-json-object.js';
import { invalidOption } from './invalid-option.js';
import { readSecret } from './read-secret.js';

/** Keys that are given rather than fetched: at most one of the three. */
export interface StaticKeyOptions {
  /** A JWK Set (RFC 7517 section 5) with public keys. */
  jwks?: { readonly keys: readonly object[] };
  /**
   * One public key: PEM (SPKI) as text or bytes, a JWK, or a `KeyObject`. A PEM certificate is taken for its key only: when
   * it expires, and who signed it, is not checked.
   */
  publicKey?: string | Uint8Array | webcrypto.JsonWebKey | KeyObject;
  /**
   * A secret shared with the issuer, for HS256 only: at least 32 bytes (a text counts in UTF-8). Whoever can verify with it
   * can also sign: prefer a public key.
   */
  secret?: string | Uint8Array;
}

/** The names of the options that give keys. */
export const staticKeyOptionNames: readonly (keyof StaticKeyOptions)[] = ['jwks', 'publicKey', 'secret'];

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

function readSet(jwks: unknown, where: string): KeySet {
  const members: unknown = isJsonObject(jwks) ? memberOf(jwks, 'keys') : undefined;
  const skipped: string[] = [];
  const keySet = readKeySet(jwks, defaultKeySettings.maxKeys, (index, why) => {
    const isForEncryption = Array.isArray(members) && isPublicEncryptionKey(members[index]);
    if (!isForEncryption) skipped.push(`${index}: ${why}`);
  });
  if (keySet !== undefined && skipped.length === 0) return keySet;
  const what = '"jwks" must be a JWK Set';
  if (Array.isArray(jwks)) throw invalidOption(where, `${what}, and a list is none. Write { keys: [...] }`);
  const usable = `${what} of public signature keys that can be used`;
  if (skipped.length > 0) throw invalidOption(where, `${usable} (number ${skipped.join('; number ')})`);
  if (!Array.isArray(members)) throw invalidOption(where, `${usable}: an object with "keys", a list`);
  const { maxKeys } = defaultKeySettings;
  throw invalidOption(where, `${usable}, from 1 to ${maxKeys}`);
}

/**
 * Tells whether a key is there for others to encrypt with, as sets of issuers hold them. Every private key has `d`, every
 * symmetric one `k` (RFC 7518 section 6); those are an error whatever they are for.
 */
function isPublicEncryptionKey(member: unknown): boolean {
  if (!isJsonObject(member) || memberOf(member, 'use') !== 'enc') return false;
  return !Object.hasOwn(member, 'd') && !Object.hasOwn(member, 'k');
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
  const text = key instanceof Uint8Array ? Buffer.from(key).toString('latin1') : key;
  if (typeof text === 'string') return createPublicKey(checkPem(text)).export({ format: 'jwk' });
  return isKeyObject(key) ? checkPublic(key).export({ format: 'jwk' }) : key;
}

/** `createPublicKey` would take a private key, too; nobody should have to give one to verify. */
function checkPem(text: string): string {
  if (text.includes('PRIVATE KEY-----')) throw new UnusableKeyError('it holds a PRIVATE key');
  const blocks = text.match(/-----BEGIN /g)?.length ?? 0;
  if (blocks > 1) throw new UnusableKeyError(`it holds ${blocks} PEM blocks. Give several keys as "jwks"`);
  if (/-----BEGIN (PUBLIC KEY|CERTIFICATE)-----/.test(text)) return text;
  throw new UnusableKeyError(
    'a PEM must begin with -----BEGIN PUBLIC KEY----- or -----BEGIN CERTIFICATE-----; a certificate is taken for its key only, and its expiry is not checked',
  );
}

function checkPublic(key: KeyObject): KeyObject {
  if (key.type === 'public') return key;
  throw new UnusableKeyError(`it is a ${key.type.toUpperCase()} key`);
}
