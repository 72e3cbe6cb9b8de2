import { describe, expect, it } from 'vitest';
import {
  InvalidRequestError,
  MissingTransactionError,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
} from '@auth0/auth0-api-js';
import { refuse } from '@auth0/auth0-api-js/adapter';
import { createBench, issuer } from './support/bench.js';

describe('refuse', () => {
  it('answers a refusal and tells of it with its reason, or else its code', () => {
    const { client, events } = createBench([]);
    expect(refuse(new VerifyAccessTokenError('x', { reason: 'token_expired' }), client)?.statusCode).toBe(
      401,
    );
    expect(refuse(new InvalidRequestError('x'), client)?.statusCode).toBe(400);
    expect(events).toEqual([
      { type: 'refusal', reason: 'token_expired', statusCode: 401, issuer },
      { type: 'refusal', reason: 'invalid_request', statusCode: 400, issuer },
    ]);
  });

  it('tells of no refusal where there is none: an outage, and errors that are not for the caller', () => {
    const { client, events } = createBench([]);
    expect(refuse(new TemporarilyUnavailableError('issuer_unreachable', 1), client)?.statusCode).toBe(503);
    expect(refuse(new MissingTransactionError(), client)).toBeUndefined();
    expect(refuse(new Error('x'), client)).toBeUndefined();
    expect(events).toEqual([]);
  });

  it('answers without a client too', () => {
    expect(refuse(new VerifyAccessTokenError(''), undefined)?.statusCode).toBe(401);
  });
});
