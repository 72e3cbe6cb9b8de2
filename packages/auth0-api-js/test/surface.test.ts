import { describe, expect, it } from 'vitest';
import * as core from '@auth0/auth0-api-js';
import * as adapter from '@auth0/auth0-api-js/adapter';
import * as explain from '@auth0/auth0-api-js/explain';
import * as testing from '@auth0/auth0-api-js/testing';
import manifest from '../package.json' with { type: 'json' };

const names = (module: object): string[] => Object.keys(module).sort();

describe('@auth0/auth0-api-js', () => {
  it('exports exactly this', () => {
    expect(names(core)).toEqual([
      'ApiClient',
      'AuthError',
      'BearerMethod',
      'DpopNonceRequiredError',
      'GrantType',
      'InsufficientScopeError',
      'InvalidConfigurationError',
      'InvalidDpopProofError',
      'InvalidRequestError',
      'MissingRequiredArgumentError',
      'MissingTransactionError',
      'ProtectedResourceMetadata',
      'ProtectedResourceMetadataBuilder',
      'ReplayStoreError',
      'SigningAlgorithm',
      'TemporarilyUnavailableError',
      'VerifyAccessTokenError',
      'certificateThumbprint',
      'clientCertHeader',
      'escapedPemHeader',
      'forwardedClientCert',
      'getCurrentActor',
      'getDelegationChain',
      'getToken',
      'isClientToken',
      'memoryReplayStore',
      'redisReplayStore',
      'socketCertificate',
    ]);
    expect(names(explain)).toEqual(['explainAccessToken']);
    expect(names(testing)).toEqual(['badProofs', 'badTokens', 'createDpopClient', 'createTestIssuer']);
    expect(names(adapter)).toEqual([
      'ProofChecker',
      'answer',
      'apiClientOptionNames',
      'authenticate',
      'createClaimCheck',
      'createClaimEqualsCheck',
      'createClaimIncludesCheck',
      'createScopesCheck',
      'dpopOff',
      'isPromiseLike',
      'migrationHints',
      'readOptions',
      'refuse',
      'reportMisuse',
      'whenReady',
    ]);
    expect(Object.keys(manifest.exports)).toEqual([
      '.',
      './adapter',
      './explain',
      './testing',
      './package.json',
    ]);
  });

  it('has errors with the documented codes and status codes', () => {
    const errors = [
      new core.VerifyAccessTokenError('x'),
      new core.InvalidRequestError('x'),
      new core.InvalidDpopProofError('x'),
      new core.DpopNonceRequiredError(),
      new core.InsufficientScopeError(['a']),
      new core.TemporarilyUnavailableError('issuer_unreachable', 0.2),
      new core.MissingTransactionError(),
      new core.MissingRequiredArgumentError('audience'),
      new core.InvalidConfigurationError('x'),
    ];
    const facts = errors.map((error) => [
      error.name,
      error.code,
      'statusCode' in error ? error.statusCode : undefined,
    ]);
    expect(facts).toEqual([
      ['VerifyAccessTokenError', 'verify_access_token_error', 401],
      ['InvalidRequestError', 'invalid_request', 400],
      ['InvalidDpopProofError', 'invalid_dpop_proof', 401],
      ['DpopNonceRequiredError', 'use_dpop_nonce', 401],
      ['InsufficientScopeError', 'insufficient_scope', 403],
      ['TemporarilyUnavailableError', 'temporarily_unavailable', 503],
      ['MissingTransactionError', 'missing_transaction_error', undefined],
      ['MissingRequiredArgumentError', 'missing_required_argument_error', undefined],
      ['InvalidConfigurationError', 'invalid_configuration_error', undefined],
    ]);
    expect(errors.slice(0, 7).every((error) => error instanceof core.AuthError)).toBe(true);
  });
});
