/**
 * For adapters: what it takes to put a framework in front of the core. Applications use `@auth0/auth0-api-js` itself.
 *
 * @packageDocumentation
 */
export { answer, type Answer } from './answer.js';
export { authenticate, type AuthenticatedRequest, type RequestCredentials } from './authenticate.js';
export { createClaimCheck, type ClaimCheckResult, type CustomCheck } from './authorize/claim-check.js';
export { createClaimEqualsCheck } from './authorize/claim-equals.js';
export { createClaimIncludesCheck } from './authorize/claim-includes.js';
export type { ClaimAuthOptions, ClaimsCheck, JSONPrimitive } from './authorize/claims-check.js';
export { createScopesCheck, type ScopesIncludeOptions } from './authorize/scopes-include.js';
export { ProofChecker, type ProvenRequest } from './binding/dpop/proof-checker.js';
export { apiClientOptionNames } from './options.js';
export { dpopOff } from './options/dpop-options.js';
export { migrationHints } from './options/migration-hints.js';
export { readOptions } from './read-options.js';
export { reportMisuse, refuse } from './refuse.js';
export type { Claims } from './verify/access-token.js';
export { isPromiseLike, whenReady } from './when-ready.js';
