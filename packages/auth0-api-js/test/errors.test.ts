import { describe, expect, it } from 'vitest';
import {
  InsufficientScopeError,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
} from '@auth0/auth0-api-js';

describe('TemporarilyUnavailableError', () => {
  it.each([
    [undefined, 1],
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 1],
    [-5, 1],
    [0.2, 1],
    [7.1, 8],
    [1e9, 86_400],
  ])('asks for a pause of whole seconds, %s: %s', (given, asked) => {
    const { retryAfterSeconds, headers } = new TemporarilyUnavailableError('mine', given);
    expect(retryAfterSeconds).toBe(asked);
    expect(headers['retry-after']).toEqual([String(asked)]);
  });
});

describe('AuthError', () => {
  it('has its challenge with the documented realm', () => {
    expect(new VerifyAccessTokenError('').headers).toEqual({ 'www-authenticate': ['Bearer realm="api"'] });
    expect(new InsufficientScopeError(['a']).headers).toEqual({
      'www-authenticate': [
        'Bearer realm="api", error="insufficient_scope", error_description="Insufficient scopes", scope="a"',
      ],
    });
  });

  it('has its reason in itself and in its cause', () => {
    const error = new VerifyAccessTokenError('x', { reason: 'token_expired' });
    expect([error.reason, error.cause]).toEqual(['token_expired', { code: 'token_expired' }]);
    expect('cause' in new VerifyAccessTokenError('x')).toBe(false);
  });
});

describe('TemporarilyUnavailableError', () => {
  it.each([
    [-5, 1],
    [0, 1],
    [0.2, 1],
    [1, 1],
    [1.01, 2],
    [30, 30],
  ])('asks to wait, for %d s, whole seconds and at least one: %d', (seconds, rounded) => {
    const error = new TemporarilyUnavailableError('issuer_unreachable', seconds);
    expect(error.retryAfterSeconds).toBe(rounded);
    expect(error.headers).toEqual({ 'retry-after': [String(rounded)] });
  });
});
