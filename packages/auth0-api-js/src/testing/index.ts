export { badTokens, type BadTokenName } from './bad-tokens.js';
export { createTestIssuer, type TestIssuer, type TestIssuerOptions } from './create-test-issuer.js';
export type { TokenClaims } from './mint-token.js';
export type { PublicJwk } from './create-test-key.js';
