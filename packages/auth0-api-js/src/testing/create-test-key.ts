import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  type ED25519KeyPairOptions,
  type KeyObject,
  type KeyPairSyncResult,
} from 'node:crypto';
import { algorithms, type KeyType } from '../verify/algorithms.js';

/** A public key as an issuer publishes it (RFC 7517). */
export interface PublicJwk {
  readonly kty: string;
  readonly kid: string;
  readonly alg: string;
  readonly use: 'sig';
  readonly [member: string]: unknown;
}

/** A key pair that signs with one algorithm. */
export interface TestKey {
  readonly alg: string;
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly publicKey: KeyObject;
  /** The JWS signature of a signing input (RFC 7515 section 5.1). */
  sign(signingInput: string): Buffer;
}

/** Generates a key pair for one of the algorithms that the verifier knows. */
export function createTestKey(alg: string): TestKey {
  const algorithm = algorithms.get(alg);
  if (algorithm === undefined)
    throw new TypeError(`'algorithm' must be one of ${[...algorithms.keys()].join(', ')}`);
  const { publicKey, privateKey } = generateKeyPair(algorithm.keyType);
  const kid = randomUUID();
  const keyInput = { ...algorithm.options, key: privateKey };
  return {
    alg,
    kid,
    publicKey,
    publicJwk: { ...(publicKey.export({ format: 'jwk' }) as { kty: string }), kid, alg, use: 'sig' },
    sign: (signingInput) => sign(algorithm.digest, Buffer.from(signingInput), keyInput),
  };
}

/**
 * Generates a key pair, and imports it anew: Node.js 20 can stop for ever where it exports a key that it has generated
 * itself, if it happens to collect the generator's garbage meanwhile.
 */
function generateKeyPair(keyType: KeyType): { publicKey: KeyObject; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateEncoded(keyType);
  return {
    publicKey: createPublicKey({ key: publicKey, format: 'der', type: 'spki' }),
    privateKey: createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }),
  };
}

const encodings: ED25519KeyPairOptions<'der', 'der'> = {
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
};

function generateEncoded(keyType: KeyType): KeyPairSyncResult<Buffer, Buffer> {
  if (keyType === 'RSA') return generateKeyPairSync('rsa', { ...encodings, modulusLength: 2048 });
  if (keyType === 'Ed25519') return generateKeyPairSync('ed25519', encodings);
  return generateKeyPairSync('ec', { ...encodings, namedCurve: keyType });
}
