export {
  ApiClient,
  type ReadyOptions,
  type VerifiedAccessTokenClaims,
  type VerifyAccessTokenOptions,
} from './api-client.js';
export type { BaseUrl } from './binding/binding-policy.js';
export { certificateThumbprint, type Certificate } from './binding/mtls/certificate-thumbprint.js';
export { clientCertHeader } from './binding/mtls/client-cert-header.js';
export { escapedPemHeader, type EscapedPemHeaderOptions } from './binding/mtls/escaped-pem-header.js';
export { forwardedClientCert } from './binding/mtls/forwarded-client-cert.js';
export type { CertificateHop, GetCertificate } from './binding/mtls/get-certificate.js';
export { socketCertificate } from './binding/mtls/socket-certificate.js';
export { memoryReplayStore, type MemoryReplayStoreOptions } from './binding/replay/memory-replay-store.js';
export { redisReplayStore, type RedisReplayStoreOptions } from './binding/replay/redis-replay-store.js';
export type { IoredisClient, NodeRedisClient } from './binding/replay/check-redis-client.js';
export { ReplayStoreError, type ReplayStore, type UsedProof } from './binding/replay/replay-store.js';
export { getCurrentActor, getDelegationChain, type ActClaim } from './authorize/actor.js';
export { isClientToken } from './authorize/is-client-token.js';
export {
  AuthError,
  DpopNonceRequiredError,
  InsufficientScopeError,
  InvalidConfigurationError,
  InvalidDpopProofError,
  InvalidRequestError,
  MissingRequiredArgumentError,
  MissingTransactionError,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
  type AuthErrorOptions,
} from './errors.js';
export type {
  Auth0ApiEvent,
  BindingIgnoredEvent,
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
  ReplayStoreOutageEvent,
  ReplayStoreReason,
  ReplayStoreRecoveryEvent,
  UnavailableReason,
} from './events.js';
export { getToken } from './get-token.js';
export type { ClientHealth, IssuerHealth } from './client-health.js';
export type { KeyCache } from './keys/key-cache.js';
export type { KeySourceHealth, KeySourceState } from './keys/key-source.js';
export type { StoredKeySet } from './keys/stored-key-set.js';
export type { ApiClientOptions } from './options.js';
export type { TokenCacheOptions } from './options/token-cache-options.js';
export type { DiscoveryCacheOptions } from './options/discovery-cache.js';
export type { DomainsContext, DomainsResolver, DomainsResolverOptions } from './options/domains-options.js';
export type { DpopOptions } from './options/dpop-options.js';
export type { IssuerOptions } from './options/issuer-options.js';
export type { KeysOptions } from './options/keys-options.js';
export type { MtlsOptions } from './options/mtls-options.js';
export type { NonceOptions } from './options/nonce-options.js';
export type { ProfileOptions } from './options/profile-options.js';
export type { ReplayOptions } from './options/replay-options.js';
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
