import { createHmac } from 'node:crypto';
import type { RefusalReason } from '../reasons.js';
import { createTestKey, type TestKey } from './create-test-key.js';
import { mintProof, proofClaims, type ProofRequest } from './mint-proof.js';
import { encode, type TokenClaims } from './mint-token.js';

/** What a bad proof is made from. */
interface BadProofIngredients {
  readonly key: TestKey;
  readonly request: ProofRequest;
}

interface BadProof {
  /** The reason code it is refused with. */
  readonly reason: RefusalReason;
  readonly mint: (ingredients: BadProofIngredients) => string;
}

/** The name of a bad proof: what is wrong with it. */
export type BadProofName =
  | 'not-a-jwt'
  | 'two-proofs'
  | 'without-type'
  | 'wrong-type'
  | 'without-algorithm'
  | 'alg-none'
  | 'alg-hs256'
  | 'without-key'
  | 'private-key'
  | 'symmetric-key'
  | 'another-key'
  | 'wrong-signature'
  | 'tampered'
  | 'without-jti'
  | 'without-method'
  | 'without-url'
  | 'without-iat'
  | 'without-token-hash'
  | 'wrong-method'
  | 'wrong-url'
  | 'too-old'
  | 'from-future'
  | 'wrong-token-hash';

function withClaims(claims: (request: ProofRequest) => TokenClaims): BadProof['mint'] {
  return ({ key, request }) => mintProof(key, { claims: proofClaims(request, claims(request)) });
}

function withHeader(header: (key: TestKey) => Readonly<Record<string, unknown>>): BadProof['mint'] {
  return ({ key, request }) => mintProof(key, { claims: proofClaims(request, {}), header: header(key) });
}

function goodProof({ key, request }: BadProofIngredients): string {
  return mintProof(key, { claims: proofClaims(request, {}) });
}

const hour = 3600;
const fromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/** Every bad proof there is, by name: how it is made, and the reason it is refused with. */
export const badProofs: Readonly<Record<BadProofName, BadProof>> = {
  'not-a-jwt': { reason: 'proof_malformed', mint: () => 'not-a-proof' },
  'two-proofs': {
    reason: 'proof_multiple',
    mint: (ingredients) => `${goodProof(ingredients)}, ${goodProof(ingredients)}`,
  },
  'without-type': { reason: 'proof_type_not_accepted', mint: withHeader(() => ({ typ: undefined })) },
  'wrong-type': { reason: 'proof_type_not_accepted', mint: withHeader(() => ({ typ: 'JWT' })) },
  'without-algorithm': {
    reason: 'proof_algorithm_not_allowed',
    mint: withHeader(() => ({ alg: undefined })),
  },
  'alg-none': { reason: 'proof_algorithm_not_allowed', mint: unsignedProof },
  'alg-hs256': { reason: 'proof_algorithm_not_allowed', mint: confusedProof },
  'without-key': { reason: 'proof_key_invalid', mint: withHeader(() => ({ jwk: undefined })) },
  'private-key': {
    reason: 'proof_key_invalid',
    mint: withHeader(({ publicJwk }) => ({ jwk: { ...publicJwk, d: encode('a private number') } })),
  },
  'symmetric-key': {
    reason: 'proof_key_invalid',
    mint: withHeader(() => ({ jwk: { kty: 'oct', k: encode('a secret') } })),
  },
  'another-key': {
    reason: 'dpop_binding_mismatch',
    mint: ({ key, request }) => goodProof({ key: createTestKey(key.alg), request }),
  },
  'wrong-signature': {
    reason: 'proof_signature_invalid',
    mint: ({ key, request }) => {
      const another = createTestKey(key.alg);
      return goodProof({ key: { ...key, sign: (input) => another.sign(input) }, request });
    },
  },
  tampered: { reason: 'proof_signature_invalid', mint: tamperedProof },
  'without-jti': { reason: 'proof_claim_invalid', mint: withClaims(() => ({ jti: undefined })) },
  'without-method': { reason: 'proof_claim_invalid', mint: withClaims(() => ({ htm: undefined })) },
  'without-url': { reason: 'proof_claim_invalid', mint: withClaims(() => ({ htu: undefined })) },
  'without-iat': { reason: 'proof_claim_invalid', mint: withClaims(() => ({ iat: undefined })) },
  'without-token-hash': { reason: 'proof_claim_invalid', mint: withClaims(() => ({ ath: undefined })) },
  'wrong-method': {
    reason: 'proof_method_mismatch',
    mint: withClaims(({ method }) => ({ htm: method === 'DELETE' ? 'GET' : 'DELETE' })),
  },
  'wrong-url': {
    reason: 'proof_url_mismatch',
    mint: withClaims(({ url }) => ({ htu: new URL('/another/path', url).href })),
  },
  'too-old': { reason: 'proof_time_not_accepted', mint: withClaims(() => ({ iat: fromNow(-hour) })) },
  'from-future': { reason: 'proof_time_not_accepted', mint: withClaims(() => ({ iat: fromNow(hour) })) },
  'wrong-token-hash': {
    reason: 'proof_token_mismatch',
    mint: ({ key, request }) => goodProof({ key, request: { ...request, accessToken: 'another token' } }),
  },
};

function unsignedProof(ingredients: BadProofIngredients): string {
  const [, claims] = goodProof(ingredients).split('.');
  const { publicJwk: jwk } = ingredients.key;
  return `${encode({ typ: 'dpop+jwt', alg: 'none', jwk })}.${claims}.`;
}

/** Signed by HMAC with the public key as the secret. */
function confusedProof({ key, request }: BadProofIngredients): string {
  const header = encode({ typ: 'dpop+jwt', alg: 'HS256', jwk: key.publicJwk });
  const signingInput = `${header}.${encode(proofClaims(request, {}))}`;
  const secret = key.publicKey.export({ type: 'spki', format: 'pem' });
  return `${signingInput}.${createHmac('sha256', secret).update(signingInput).digest('base64url')}`;
}

/** A good proof whose `jti` was changed after signing, as a thief would who was seen before. */
function tamperedProof({ key, request }: BadProofIngredients): string {
  const [header, , signature] = goodProof({ key, request }).split('.');
  return `${header}.${encode(proofClaims(request, { jti: 'another' }))}.${signature}`;
}
