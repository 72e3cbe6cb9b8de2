import { constants, type SigningOptions } from 'node:crypto';

/** What a key is, as far as the choice of an algorithm goes: `RSA`, or the name of its curve. */
export type KeyType = 'RSA' | 'P-256' | 'P-384' | 'P-521' | 'Ed25519';

/** How one JWS algorithm is verified with `node:crypto` (RFC 7518 section 3, RFC 8037, RFC 9864). */
export interface Algorithm {
  readonly keyType: KeyType;
  /** The digest; none where the algorithm has its own. */
  readonly digest: string | undefined;
  /** What `node:crypto` needs beside the key, to verify and to sign; nothing where it is what the key does by itself. */
  readonly options: SigningOptions | undefined;
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

/** Two numbers one behind the other (RFC 7518 section 3.4), not DER. */
const ecdsa = { dsaEncoding: 'ieee-p1363' } as const;

/** The algorithms this library can verify. All asymmetric: `none` and HS* have no entry, so nothing can allow them. */
export const algorithms: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ['RS256', { keyType: 'RSA', digest: 'sha256', options: undefined }],
  ['RS384', { keyType: 'RSA', digest: 'sha384', options: undefined }],
  ['RS512', { keyType: 'RSA', digest: 'sha512', options: undefined }],
  ['PS256', { keyType: 'RSA', digest: 'sha256', options: pss }],
  ['PS384', { keyType: 'RSA', digest: 'sha384', options: pss }],
  ['PS512', { keyType: 'RSA', digest: 'sha512', options: pss }],
  ['ES256', { keyType: 'P-256', digest: 'sha256', options: ecdsa }],
  ['ES384', { keyType: 'P-384', digest: 'sha384', options: ecdsa }],
  ['ES512', { keyType: 'P-521', digest: 'sha512', options: ecdsa }],
  ['Ed25519', { keyType: 'Ed25519', digest: undefined, options: undefined }],
  ['EdDSA', { keyType: 'Ed25519', digest: undefined, options: undefined }],
]);
