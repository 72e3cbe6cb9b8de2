import * as sdk from '@auth0/auth0-express-api';
import { describe, expect, it } from 'vitest';

describe('@auth0/auth0-express-api', () => {
  it('exports exactly this', () => {
    expect(Object.keys(sdk).sort()).toEqual([
      'AuthError',
      'InsufficientScopeError',
      'InvalidRequestError',
      'TemporarilyUnavailableError',
      'VerifyAccessTokenError',
      'claimCheck',
      'claimEquals',
      'claimIncludes',
      'createAuth0Api',
      'getCurrentActor',
      'getDelegationChain',
      'isClientToken',
      'requiresAuth',
      'scopesInclude',
    ]);
  });
});
