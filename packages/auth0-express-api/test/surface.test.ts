import * as sdk from '@auth0/auth0-express-api';
import { describe, expect, it } from 'vitest';

describe('@auth0/auth0-express-api', () => {
  it('exports exactly this', () => {
    expect(Object.keys(sdk).sort()).toEqual([
      'AuthError',
      'DpopNonceRequiredError',
      'InsufficientScopeError',
      'InvalidDpopProofError',
      'InvalidRequestError',
      'ReplayStoreError',
      'TemporarilyUnavailableError',
      'VerifyAccessTokenError',
      'certificateThumbprint',
      'claimCheck',
      'claimEquals',
      'claimIncludes',
      'clientCertHeader',
      'createAuth0Api',
      'escapedPemHeader',
      'forwardedClientCert',
      'getCurrentActor',
      'getDelegationChain',
      'isClientToken',
      'memoryReplayStore',
      'redisReplayStore',
      'requiresAuth',
      'scopesInclude',
      'socketCertificate',
    ]);
  });
});
