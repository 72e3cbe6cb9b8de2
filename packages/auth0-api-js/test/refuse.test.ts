import { ApiClient, type DpopOptions } from '@auth0/auth0-api-js';
import { describe, expect, it } from 'vitest';
import {
  InvalidDpopProofError,
  InvalidRequestError,
  MissingTransactionError,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
} from '@auth0/auth0-api-js';
import { refuse } from '@auth0/auth0-api-js/adapter';
import { audience, createBench, issuer } from './support/bench.js';

const secret = 'a secret of thirty-two bytes....';

/** The challenges and the nonces that a refusal is answered with. */
function headersOf(dpop: DpopOptions, ...authorization: string[]): [unknown, unknown] {
  const client = new ApiClient({ domain: 'issuer.test', audience, dpop, onEvent: () => {} });
  const headers = refuse(new VerifyAccessTokenError('x'), client, authorization)?.headers;
  return [headers?.['WWW-Authenticate'], headers?.['DPoP-Nonce'] ?? 'none'];
}

const error = 'error="invalid_token", error_description="x"';

describe('refuse', () => {
  it('answers a refusal and tells of it with its reason, or else its code', () => {
    const { client, events } = createBench([]);
    const statusOf = (refusal: Error): number | undefined => refuse(refusal, client, [])?.statusCode;
    expect(statusOf(new VerifyAccessTokenError('x', { reason: 'token_expired' }))).toBe(401);
    expect(statusOf(new InvalidRequestError('x'))).toBe(400);
    expect(statusOf(new InvalidDpopProofError('x', { reason: 'proof_replayed' }))).toBe(401);
    expect(events).toEqual([
      { type: 'refusal', reason: 'token_expired', statusCode: 401, issuer },
      { type: 'refusal', reason: 'invalid_request', statusCode: 400, issuer },
      { type: 'refusal', reason: 'proof_replayed', statusCode: 401, issuer },
    ]);
  });

  it('tells of no refusal where there is none: an outage, and errors that are not for the caller', () => {
    const { client, events } = createBench([]);
    expect(refuse(new TemporarilyUnavailableError('issuer_unreachable', 1), client, [])?.statusCode).toBe(
      503,
    );
    expect(refuse(new MissingTransactionError(), client, [])).toBeUndefined();
    expect(refuse(new Error('x'), client, [])).toBeUndefined();
    expect(events).toEqual([]);
  });

  it('answers without a client too', () => {
    expect(refuse(new VerifyAccessTokenError(''), undefined, ['DPoP a'])).toMatchObject({
      statusCode: 401,
      headers: { 'WWW-Authenticate': ['Bearer'] },
    });
  });

  it.each<[string, DpopOptions, string[], readonly string[]]>([
    ['Bearer', {}, ['Bearer a'], [`Bearer ${error}`, 'DPoP algs="ES256"']],
    ['DPoP', {}, ['DPoP a'], ['Bearer', `DPoP ${error}, algs="ES256"`]],
    ['DPoP in another case', {}, ['dPoP a b'], ['Bearer', `DPoP ${error}, algs="ES256"`]],
    ['DPoP without a token', {}, ['DPoP'], ['Bearer', `DPoP ${error}, algs="ES256"`]],
    ['another one', {}, ['DPoPx a'], [`Bearer ${error}`, 'DPoP algs="ES256"']],
    ['none', {}, [], [`Bearer ${error}`, 'DPoP algs="ES256"']],
    ['Bearer where only DPoP is spoken', { mode: 'required' }, ['Bearer a'], [`DPoP ${error}, algs="ES256"`]],
    ['DPoP where it is not spoken', { mode: 'disabled' }, ['DPoP a'], [`Bearer ${error}`]],
    [
      'DPoP with other algorithms',
      { algorithms: ['Ed25519', 'ES384'] },
      ['DPoP a'],
      ['Bearer', `DPoP ${error}, algs="Ed25519 ES384"`],
    ],
  ])(
    'B1 B2 names the error in the challenge of the scheme that was used: %s',
    (_what, dpop, lines, expected) => {
      expect(headersOf(dpop, ...lines)).toEqual([expected, 'none']);
    },
  );

  it('gives a fresh nonce to whoever uses DPoP, where nonces are asked for', () => {
    expect(headersOf({ nonce: { secret } }, 'DPoP a')[1]).toMatch(/^[\w-]{43}$/);
    expect(headersOf({ nonce: { secret } }, 'Bearer a')[1]).toBe('none');
    expect(headersOf({ nonce: { secret } })[1]).toBe('none');
    expect(headersOf({ nonce: { secret }, mode: 'disabled' }, 'DPoP a')[1]).toBe('none');
  });

  it('lets the error tell the same headers, for whoever answers with those', () => {
    const dpop = { nonce: { secret } };
    const client = new ApiClient({ domain: 'issuer.test', audience, dpop, onEvent: () => {} });
    const error = new InvalidDpopProofError('x');
    const answered = refuse(error, client, ['DPoP a']);
    expect(error.headers).toEqual({
      'www-authenticate': [
        'Bearer realm="api"',
        'DPoP error="invalid_dpop_proof", error_description="x", algs="ES256"',
      ],
      'dpop-nonce': [answered?.headers['DPoP-Nonce']],
      'cache-control': ['no-store'],
    });
  });
});
