import { constants } from 'node:crypto';

/** What a key is, as far as the choice of an algorithm goes: `RSA`, or the name of its curve. */
export type KeyType = 'RSA' | 'P-256' | 'P-384' | 'P-521' | 'Ed25519';

/** How one JWS algorithm is verified with `node:crypto` (RFC 7518 section 3, RFC 8037, RFC 9864). */
export interface Algorithm {
  readonly keyType: KeyType;
  /** The digest; none where the algorithm has its own. */
  readonly digest: string | undefined;
  readonly padding?: number;
  readonly saltLength?: number;
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

/** The algorithms this library can verify. All asymmetric: `none` and HS* have no entry, so nothing can allow them. */
export const algorithms: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ['RS256', { keyType: 'RSA', digest: 'sha256' }],
  ['RS384', { keyType: 'RSA', digest: 'sha384' }],
  ['RS512', { keyType: 'RSA', digest: 'sha512' }],
  ['PS256', { keyType: 'RSA', digest: 'sha256', ...pss }],
  ['PS384', { keyType: 'RSA', digest: 'sha384', ...pss }],
  ['PS512', { keyType: 'RSA', digest: 'sha512', ...pss }],
  ['ES256', { keyType: 'P-256', digest: 'sha256' }],
  ['ES384', { keyType: 'P-384', digest: 'sha384' }],
  ['ES512', { keyType: 'P-521', digest: 'sha512' }],
  ['Ed25519', { keyType: 'Ed25519', digest: undefined }],
  ['EdDSA', { keyType: 'Ed25519', digest: undefined }],
]);
