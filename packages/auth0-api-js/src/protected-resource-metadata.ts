import { InvalidConfigurationError, MissingRequiredArgumentError } from './errors.js';
import { isSecureUrl } from './is-secure-url.js';

/** The ways a bearer token may be sent (RFC 6750 section 2). */
export const BearerMethod = { HEADER: 'header', BODY: 'body', QUERY: 'query' } as const;
export type BearerMethod = (typeof BearerMethod)[keyof typeof BearerMethod];

/** Signature algorithms by their registered names (RFC 7518 section 3.1, RFC 8037, RFC 9864). */
export const SigningAlgorithm = {
  RS256: 'RS256',
  RS384: 'RS384',
  RS512: 'RS512',
  PS256: 'PS256',
  PS384: 'PS384',
  PS512: 'PS512',
  ES256: 'ES256',
  ES384: 'ES384',
  ES512: 'ES512',
  EdDSA: 'EdDSA',
  Ed25519: 'Ed25519',
} as const;
export type SigningAlgorithm = (typeof SigningAlgorithm)[keyof typeof SigningAlgorithm];

/** Grant types by their registered names (RFC 6749, RFC 8628, RFC 8693). */
export const GrantType = {
  AUTHORIZATION_CODE: 'authorization_code',
  CLIENT_CREDENTIALS: 'client_credentials',
  REFRESH_TOKEN: 'refresh_token',
  DEVICE_CODE: 'urn:ietf:params:oauth:grant-type:device_code',
  TOKEN_EXCHANGE: 'urn:ietf:params:oauth:grant-type:token-exchange',
} as const;
export type GrantType = (typeof GrantType)[keyof typeof GrantType];

/** The members of the document, by their names in RFC 9728 section 2. */
interface MetadataMembers {
  resource: string;
  authorization_servers: readonly string[];
  jwks_uri?: string;
  scopes_supported?: readonly string[];
  bearer_methods_supported?: readonly BearerMethod[];
  resource_signing_alg_values_supported?: readonly SigningAlgorithm[];
  resource_name?: string;
  resource_documentation?: string;
  resource_policy_uri?: string;
  resource_tos_uri?: string;
  tls_client_certificate_bound_access_tokens?: boolean;
  authorization_details_types_supported?: readonly string[];
  dpop_signing_alg_values_supported?: readonly SigningAlgorithm[];
  dpop_bound_access_tokens_required?: boolean;
}

/** A protected resource metadata document (RFC 9728 section 2). */
export class ProtectedResourceMetadata {
  readonly #members: Readonly<MetadataMembers>;

  constructor(members: MetadataMembers) {
    this.#members = structuredClone(members);
  }

  /** The document, without empty lists: RFC 9728 section 3.2 wants them left out. */
  toJSON(): Record<string, unknown> {
    const isPresent = ([, value]: [string, unknown]): boolean =>
      !(Array.isArray(value) && value.length === 0);
    return Object.fromEntries(Object.entries(structuredClone(this.#members)).filter(isPresent));
  }
}

/**
 * Builds a protected resource metadata document (RFC 9728), a member a call. It does not serve it: put
 * `builder.build().toJSON()` at `/.well-known/oauth-protected-resource`.
 */
export class ProtectedResourceMetadataBuilder {
  readonly #members: MetadataMembers;

  /**
   * @param resource - The identifier of this API: an https URL without a fragment.
   * @param authorizationServers - The issuers whose tokens it takes; at least one.
   * @throws MissingRequiredArgumentError, InvalidConfigurationError
   */
  constructor(resource: string, authorizationServers: readonly string[]) {
    if (!resource) throw new MissingRequiredArgumentError('resource');
    if (!authorizationServers?.length) throw new MissingRequiredArgumentError('authorization_servers');
    checkResource(resource);
    this.#members = { resource, authorization_servers: [...authorizationServers] };
  }

  withJwksUri(uri: string): this {
    return this.#with({ jwks_uri: uri });
  }

  withScopesSupported(scopes: readonly string[]): this {
    return this.#with({ scopes_supported: scopes });
  }

  withBearerMethodsSupported(methods: readonly BearerMethod[]): this {
    return this.#with({ bearer_methods_supported: methods });
  }

  withResourceSigningAlgValuesSupported(algorithms: readonly SigningAlgorithm[]): this {
    return this.#with({ resource_signing_alg_values_supported: algorithms });
  }

  withResourceName(name: string): this {
    return this.#with({ resource_name: name });
  }

  withResourceDocumentation(url: string): this {
    return this.#with({ resource_documentation: url });
  }

  withResourcePolicyUri(uri: string): this {
    return this.#with({ resource_policy_uri: uri });
  }

  withResourceTosUri(uri: string): this {
    return this.#with({ resource_tos_uri: uri });
  }

  withTlsClientCertificateBoundAccessTokens(isBound: boolean): this {
    return this.#with({ tls_client_certificate_bound_access_tokens: isBound });
  }

  withAuthorizationDetailsTypesSupported(types: readonly string[]): this {
    return this.#with({ authorization_details_types_supported: types });
  }

  withDpopSigningAlgValuesSupported(algorithms: readonly SigningAlgorithm[]): this {
    return this.#with({ dpop_signing_alg_values_supported: algorithms });
  }

  withDpopBoundAccessTokensRequired(isRequired: boolean): this {
    return this.#with({ dpop_bound_access_tokens_required: isRequired });
  }

  /** The document as it is now; later calls do not change it. */
  build(): ProtectedResourceMetadata {
    return new ProtectedResourceMetadata(this.#members);
  }

  #with(members: Partial<MetadataMembers>): this {
    Object.assign(this.#members, members);
    return this;
  }
}

/** RFC 9728 section 1.2: an https URL without a fragment. This machine may do without TLS. */
function checkResource(resource: string): void {
  if (URL.canParse(resource) && isSecureUrl(new URL(resource)) && !resource.includes('#')) return;
  throw new InvalidConfigurationError(
    'Invalid resource configuration: "resource" must be an https URL without a fragment',
  );
}
