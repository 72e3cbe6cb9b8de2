export { ApiClient, type VerifiedAccessTokenClaims, type VerifyAccessTokenOptions } from './api-client.js';
export { getCurrentActor, getDelegationChain, type ActClaim } from './authorize/actor.js';
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
  KeySkippedEvent,
  MisuseEvent,
  MisuseReason,
  OutageEvent,
  OutageReason,
  RecoveryEvent,
  RefusalEvent,
} from './events.js';
export { getToken } from './get-token.js';
export type { ApiClientOptions, DiscoveryCacheOptions } from './options.js';
export {
  BearerMethod,
  GrantType,
  ProtectedResourceMetadata,
  ProtectedResourceMetadataBuilder,
  SigningAlgorithm,
} from './protected-resource-metadata.js';
export type { RefusalReason } from './reasons.js';
