import { describe, expect, it } from 'vitest';
import {
  BearerMethod,
  InvalidConfigurationError,
  MissingRequiredArgumentError,
  ProtectedResourceMetadataBuilder,
  SigningAlgorithm,
} from '@auth0/auth0-api-js';

const resource = 'https://api.example.com';
const servers = ['https://tenant.example.com/'];

describe('ProtectedResourceMetadataBuilder', () => {
  it('builds the document member by member, with the names of RFC 9728', () => {
    const metadata = new ProtectedResourceMetadataBuilder(resource, servers)
      .withJwksUri('https://api.example.com/keys')
      .withScopesSupported(['read:messages'])
      .withBearerMethodsSupported([BearerMethod.HEADER])
      .withResourceSigningAlgValuesSupported([SigningAlgorithm.RS256])
      .withResourceName('My API')
      .withResourceDocumentation('https://api.example.com/docs')
      .withResourcePolicyUri('https://api.example.com/policy')
      .withResourceTosUri('https://api.example.com/tos')
      .withTlsClientCertificateBoundAccessTokens(true)
      .withAuthorizationDetailsTypesSupported(['payment'])
      .withDpopSigningAlgValuesSupported([SigningAlgorithm.ES256])
      .withDpopBoundAccessTokensRequired(false)
      .build();
    expect(JSON.parse(JSON.stringify(metadata))).toEqual({
      resource,
      authorization_servers: servers,
      jwks_uri: 'https://api.example.com/keys',
      scopes_supported: ['read:messages'],
      bearer_methods_supported: ['header'],
      resource_signing_alg_values_supported: ['RS256'],
      resource_name: 'My API',
      resource_documentation: 'https://api.example.com/docs',
      resource_policy_uri: 'https://api.example.com/policy',
      resource_tos_uri: 'https://api.example.com/tos',
      tls_client_certificate_bound_access_tokens: true,
      authorization_details_types_supported: ['payment'],
      dpop_signing_alg_values_supported: ['ES256'],
      dpop_bound_access_tokens_required: false,
    });
  });

  it('J5 leaves out what is absent or an empty list', () => {
    const metadata = new ProtectedResourceMetadataBuilder(resource, servers).withScopesSupported([]).build();
    expect(metadata.toJSON()).toEqual({ resource, authorization_servers: servers });
  });

  it('builds a document that nothing changes afterwards', () => {
    const scopes = ['read:messages'];
    const builder = new ProtectedResourceMetadataBuilder(resource, servers).withScopesSupported(scopes);
    const metadata = builder.build();
    scopes.push('write:messages');
    builder.withResourceName('later');
    (metadata.toJSON()['scopes_supported'] as string[]).push('more');
    expect(metadata.toJSON()).toEqual({
      resource,
      authorization_servers: servers,
      scopes_supported: ['read:messages'],
    });
  });

  it('misses its required arguments', () => {
    expect(() => new ProtectedResourceMetadataBuilder('', servers)).toThrow(MissingRequiredArgumentError);
    expect(() => new ProtectedResourceMetadataBuilder(resource, [])).toThrow(
      "The argument 'authorization_servers' is required",
    );
  });

  it.each(['http://api.example.com', 'https://api.example.com#part', 'urn:my-api', 'api.example.com'])(
    'J2 refuses %s as the resource',
    (identifier) => {
      expect(() => new ProtectedResourceMetadataBuilder(identifier, servers)).toThrow(
        InvalidConfigurationError,
      );
    },
  );
});
