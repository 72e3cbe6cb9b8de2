export { badTokens, type BadTokenName } from './bad-tokens.js';
export { badProofs, type BadProofName } from './bad-proofs.js';
export { createDpopClient, type DpopClient, type DpopClientOptions } from './create-dpop-client.js';
export { createTestIssuer, type TestIssuer, type TestIssuerOptions } from './create-test-issuer.js';
export type { ProofRequest } from './mint-proof.js';
export type { TokenClaims } from './mint-token.js';
export type { PublicJwk } from './create-test-key.js';
