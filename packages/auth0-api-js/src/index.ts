export {
  ApiClient,
  type ReadyOptions,
  type VerifiedAccessTokenClaims,
  type VerifyAccessTokenOptions,
} from './api-client.js';
export { getCurrentActor, getDelegationChain, type ActClaim } from './authorize/actor.js';
export { isClientToken } from './authorize/is-client-token.js';
export {
  AuthError,
  InsufficientScopeError,
  InvalidConfigurationError,
  InvalidRequestError,
  MissingRequiredArgumentError,
  MissingTransactionError,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
  type AuthErrorOptions,
} from './errors.js';
export type {
  Auth0ApiEvent,
  EventListener,
  KeysExpiredEvent,
  KeySkippedEvent,
  KeysStaleEvent,
  MisuseEvent,
  MisuseReason,
  OutageEvent,
  OutageReason,
  RecoveryEvent,
  RefusalEvent,
  UnavailableReason,
} from './events.js';
export { getToken } from './get-token.js';
export type { ClientHealth, IssuerHealth } from './client-health.js';
export type { KeyCache } from './keys/key-cache.js';
export type { KeySourceHealth, KeySourceState } from './keys/key-source.js';
export type { StoredKeySet } from './keys/stored-key-set.js';
export type { ApiClientOptions } from './options.js';
export type { DiscoveryCacheOptions } from './options/discovery-cache.js';
export type { DomainsContext, DomainsResolver, DomainsResolverOptions } from './options/domains-options.js';
export type { IssuerOptions } from './options/issuer-options.js';
export type { KeysOptions } from './options/keys-options.js';
export type { ProfileOptions } from './options/profile-options.js';
export type { StaticKeyOptions } from './options/static-keys.js';
export {
  BearerMethod,
  GrantType,
  ProtectedResourceMetadata,
  ProtectedResourceMetadataBuilder,
  SigningAlgorithm,
} from './protected-resource-metadata.js';
export type { RefusalReason } from './reasons.js';
export type { RequestContext } from './request-context.js';
export type {
  ClaimsRefusal,
  ValidateClaims,
  ValidationContext,
  ValidationResult,
} from './verify/validate-claims.js';
