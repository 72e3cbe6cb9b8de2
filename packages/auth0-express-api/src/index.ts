export { claimCheck, type ClaimCheckFunction } from './claim-check.js';
export { claimEquals } from './claim-equals.js';
export { claimIncludes } from './claim-includes.js';
export { createAuth0Api, type Auth0Api, type Auth0ApiOptions } from './create-auth0-api.js';
export type { Handler } from './handler.js';
export type { RequestAuth } from './request-auth.js';
export { requiresAuth, type RequiresAuthOptions } from './requires-auth.js';
export { scopesInclude } from './scopes-include.js';
export type * from './token.js';
export {
  AuthError,
  certificateThumbprint,
  clientCertHeader,
  DpopNonceRequiredError,
  escapedPemHeader,
  forwardedClientCert,
  getCurrentActor,
  getDelegationChain,
  InsufficientScopeError,
  InvalidDpopProofError,
  InvalidRequestError,
  isClientToken,
  memoryReplayStore,
  redisReplayStore,
  ReplayStoreError,
  socketCertificate,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
  type ActClaim,
  type ApiClient,
  type Auth0ApiEvent,
  type CertificateHop,
  type ClientHealth,
  type DomainsResolver,
  type DpopOptions,
  type GetCertificate,
  type IssuerOptions,
  type KeysOptions,
  type MtlsOptions,
  type NonceOptions,
  type RedisReplayStoreOptions,
  type ReplayOptions,
  type ReplayStore,
  type UsedProof,
  type ValidateClaims,
} from '@auth0/auth0-api-js';
export type { ClaimAuthOptions, JSONPrimitive, ScopesIncludeOptions } from '@auth0/auth0-api-js/adapter';
