import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  DpopNonceRequiredError,
  InsufficientScopeError,
  InvalidDpopProofError,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
} from '@auth0/auth0-api-js';
import { addContext } from '../src/errors.js';

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
  it('has no frames in its stack, and leaves the stacks of other errors alone', () => {
    const limit = Error.stackTraceLimit;
    expect(new VerifyAccessTokenError('Token expired').stack).toMatch(/^.*Token expired$/);
    expect(Error.stackTraceLimit).toBe(limit);
    expect(new Error('other').stack).toContain('errors.test');
  });

  it('is made also where the limit of stacks cannot be set', () => {
    const limit = Error.stackTraceLimit;
    Object.defineProperty(Error, 'stackTraceLimit', { value: limit, writable: false });
    try {
      expect(new VerifyAccessTokenError('Token expired').message).toBe('Token expired');
    } finally {
      Object.defineProperty(Error, 'stackTraceLimit', { value: limit, writable: true });
    }
  });

  it('has its challenge with the documented realm', () => {
    expect(new VerifyAccessTokenError('').headers).toEqual({ 'www-authenticate': ['Bearer realm="api"'] });
    expect(new InsufficientScopeError(['a']).headers).toEqual({
      'www-authenticate': [
        'Bearer realm="api", error="insufficient_scope", error_description="Insufficient scopes", scope="a"',
      ],
    });
  });

  it('has the headers of the client that refused, names in lower case, and not in what is logged of it', () => {
    const error = new InvalidDpopProofError('x', { reason: 'proof_replayed' });
    expect(error.headers).toEqual({
      'www-authenticate': ['Bearer realm="api", error="invalid_dpop_proof", error_description="x"'],
    });
    addContext(error, {
      challenges: { schemes: ['bearer', 'dpop'], used: 'dpop', algorithms: ['ES256'] },
      headers: { 'DPoP-Nonce': 'a nonce', 'Cache-Control': 'no-store' },
    });
    expect(error.headers).toEqual({
      'www-authenticate': [
        'Bearer realm="api"',
        'DPoP error="invalid_dpop_proof", error_description="x", algs="ES256"',
      ],
      'dpop-nonce': ['a nonce'],
      'cache-control': ['no-store'],
    });
    expect(JSON.stringify(error)).not.toContain('a nonce');
    expect(inspect(error)).not.toContain('a nonce');
  });

  it('takes no context where it is no refusal', () => {
    expect(() => addContext(new Error('x'), { challenges: {}, headers: undefined })).not.toThrow();
    const outage = new TemporarilyUnavailableError('mine', 1);
    addContext(outage, { challenges: {}, headers: { 'DPoP-Nonce': 'n' } });
    expect(outage.headers).toEqual({ 'retry-after': ['1'] });
  });

  it('has the code of RFC 9449 where a nonce is asked for', () => {
    const error = new DpopNonceRequiredError();
    expect([error.code, error.statusCode, error.reason]).toEqual(['use_dpop_nonce', 401, 'nonce_required']);
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
