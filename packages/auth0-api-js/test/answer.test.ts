import { describe, expect, it } from 'vitest';
import {
  AuthError,
  DpopNonceRequiredError,
  InsufficientScopeError,
  InvalidConfigurationError,
  InvalidDpopProofError,
  InvalidRequestError,
  MissingTransactionError,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
} from '@auth0/auth0-api-js';
import { answer } from '@auth0/auth0-api-js/adapter';

const noStore = { 'Cache-Control': 'no-store' };

describe('answer', () => {
  it.each([
    {
      name: 'a missing token',
      error: new VerifyAccessTokenError(''),
      answered: { statusCode: 401, headers: { 'WWW-Authenticate': ['Bearer'], ...noStore } },
    },
    {
      name: 'a bad token',
      error: new VerifyAccessTokenError('"exp" is past'),
      answered: {
        statusCode: 401,
        headers: {
          'WWW-Authenticate': [`Bearer error="invalid_token", error_description="'exp' is past"`],
          ...noStore,
        },
        body: { error: 'invalid_token', error_description: '"exp" is past' },
      },
    },
    {
      name: 'an ambiguous request',
      error: new InvalidRequestError('Two tokens'),
      answered: {
        statusCode: 400,
        headers: {
          'WWW-Authenticate': ['Bearer error="invalid_request", error_description="Two tokens"'],
          ...noStore,
        },
        body: { error: 'invalid_request', error_description: 'Two tokens' },
      },
    },
    {
      name: 'a missing scope',
      error: new InsufficientScopeError(['a', 'b']),
      answered: {
        statusCode: 403,
        headers: {
          'WWW-Authenticate': [
            'Bearer error="insufficient_scope", error_description="Insufficient scopes", scope="a b"',
          ],
          ...noStore,
        },
        body: { error: 'insufficient_scope', error_description: 'Insufficient scopes' },
      },
    },
    {
      name: 'an outage',
      error: new TemporarilyUnavailableError('issuer_unreachable', 7.2),
      answered: {
        statusCode: 503,
        headers: { 'Retry-After': '8', ...noStore },
        body: {
          error: 'temporarily_unavailable',
          error_description: 'Access tokens cannot be verified at the moment',
        },
      },
    },
  ])('says everything that is sent for $name', ({ error, answered }) => {
    expect(answer(error)).toEqual(answered);
  });

  it.each([
    ['an error of the program', new TypeError('x')],
    ['an option that cannot work', new InvalidConfigurationError('x')],
    ['an error without a place in a response', new MissingTransactionError()],
    ['an error of that kind made by hand', new AuthError('odd', 'x')],
    ['something that only looks like a refusal', { statusCode: 401, code: 'invalid_request', message: 'x' }],
    ['no error at all', undefined],
  ])('leaves %s to the error handler', (_what, error) => {
    expect(answer(error)).toBeUndefined();
  });

  const challenges = { schemes: ['bearer', 'dpop'], used: 'dpop', algorithms: ['ES256'] } as const;

  it('writes a line for each challenge, and the headers that go with DPoP', () => {
    const headers = { 'DPoP-Nonce': 'n', 'Cache-Control': 'no-store' };
    const description = 'The DPoP proof needs the nonce of the DPoP-Nonce header';
    expect(answer(new DpopNonceRequiredError(), { challenges, headers })).toEqual({
      statusCode: 401,
      headers: {
        'WWW-Authenticate': [
          'Bearer',
          `DPoP error="use_dpop_nonce", error_description="${description}", algs="ES256"`,
        ],
        'DPoP-Nonce': 'n',
        ...noStore,
      },
      body: { error: 'use_dpop_nonce', error_description: description },
    });
  });

  it('answers a proof that does not do with 401', () => {
    const error = new InvalidDpopProofError('DPoP proof "htm" mismatch');
    expect(answer(error, { challenges, headers: undefined })).toEqual({
      statusCode: 401,
      headers: {
        'WWW-Authenticate': [
          'Bearer',
          `DPoP error="invalid_dpop_proof", error_description="DPoP proof 'htm' mismatch", algs="ES256"`,
        ],
        ...noStore,
      },
      body: { error: 'invalid_dpop_proof', error_description: 'DPoP proof "htm" mismatch' },
    });
  });

  it('has no challenge and no nonce for an outage, whatever the request used', () => {
    const outage = new TemporarilyUnavailableError('replay_store_timeout', 1);
    expect(answer(outage, { challenges, headers: { 'DPoP-Nonce': 'n' } })?.headers).toEqual({
      'Retry-After': '1',
      ...noStore,
    });
  });
});
