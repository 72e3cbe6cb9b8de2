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
  getCurrentActor,
  getDelegationChain,
  InsufficientScopeError,
  InvalidRequestError,
  isClientToken,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
  type ActClaim,
  type ApiClient,
  type Auth0ApiEvent,
  type ClientHealth,
  type DomainsResolver,
  type IssuerOptions,
  type KeysOptions,
  type ValidateClaims,
} from '@auth0/auth0-api-js';
export type { ClaimAuthOptions, JSONPrimitive, ScopesIncludeOptions } from '@auth0/auth0-api-js/adapter';
