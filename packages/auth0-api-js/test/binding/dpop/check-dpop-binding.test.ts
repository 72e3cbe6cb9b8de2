import { describe, expect, it } from 'vitest';
import { createDpopPolicy } from '../../../src/binding/create-binding.js';
import { checkDpopBinding } from '../../../src/binding/dpop/check-dpop-binding.js';
import { bearerOnly, type Presented } from '../../../src/binding/presented.js';
import type { Auth0ApiEvent } from '../../../src/events.js';
import { dpopOff, readDpop, type DpopOptions } from '../../../src/options/dpop-options.js';
import { jwkOf, proofFor, proofKey, thumbprintOf, url } from '../../support/proof-bench.js';

const jkt = thumbprintOf(jwkOf(proofKey));
const proven = (): Presented => ({
  ...bearerOnly,
  scheme: 'dpop',
  proofs: [proofFor('token')],
  method: 'GET',
});

/** What becomes of a request with `token`, and the events that tell of it. */
function judge(
  confirmation: Record<string, unknown> | undefined,
  presented: Presented,
  dpop: DpopOptions = {},
  request: object = { url },
): unknown[] {
  const events: Auth0ApiEvent[] = [];
  const emit = (event: Auth0ApiEvent): void => void events.push(event);
  const policy = createDpopPolicy(readDpop(dpop), { now: undefined, emit });
  try {
    const proof = checkDpopBinding(
      confirmation,
      { token: 'token', presented: { ...presented, request } },
      policy,
      emit,
    );
    return [proof === undefined ? 'no proof' : proof.client, ...events];
  } catch (error) {
    const { name, reason } = error as { name: string; reason: string };
    return [name, reason, ...events];
  }
}

const modes: Readonly<Record<string, DpopOptions>> = {
  off: dpopOff,
  disabled: { mode: 'disabled' },
  allowed: {},
  required: { mode: 'required' },
};

describe('checkDpopBinding, for a bearer', () => {
  it.each([
    ['off', undefined, ['no proof']],
    ['disabled', undefined, ['no proof']],
    ['allowed', undefined, ['no proof']],
    ['required', undefined, ['no proof']],
    ['off', { jkt }, ['VerifyAccessTokenError', 'dpop_bound_token']],
    ['disabled', { jkt }, ['no proof', { type: 'binding_ignored', method: 'dpop' }]],
    ['allowed', { jkt }, ['VerifyAccessTokenError', 'dpop_bound_token']],
    ['required', { jkt }, ['VerifyAccessTokenError', 'dpop_bound_token']],
  ])('where DPoP is %s, a token with %j', (mode, confirmation, expected) => {
    expect(judge(confirmation, bearerOnly, modes[mode])).toEqual(expected);
  });

  it.each([
    ['off', 'no proof'],
    ['disabled', 'no proof'],
    ['allowed', 'InvalidRequestError'],
    ['required', 'no proof'],
  ])('where DPoP is %s, a proof beside a token that is bound to nothing', (mode, expected) => {
    for (const proofs of [['x'], ['x', 'y'], ['']]) {
      const [verdict, reason] = judge(undefined, { ...bearerOnly, proofs }, modes[mode]);
      expect(verdict).toBe(expected);
      expect(reason).toBe(expected === 'no proof' ? undefined : 'proof_with_bearer');
    }
  });

  it('takes a thumbprint for one, whatever it is', () => {
    for (const value of ['', null, 7, undefined])
      expect(judge({ jkt: value }, bearerOnly)).toEqual(['VerifyAccessTokenError', 'dpop_bound_token']);
    expect(judge(Object.create({ jkt }) as Record<string, unknown>, bearerOnly)).toEqual(['no proof']);
  });
});

describe('checkDpopBinding, for the scheme DPoP', () => {
  it('answers with the proof', () => {
    expect(judge({ jkt }, proven())).toEqual([jkt]);
    expect(judge({ jkt }, proven(), { mode: 'required' })).toEqual([jkt]);
  });

  it('asks for a token that is bound to a key', () => {
    for (const confirmation of [
      undefined,
      {},
      { 'x5t#S256': 'x' },
      Object.create({ jkt }) as Record<string, unknown>,
    ])
      expect(judge(confirmation, proven())).toEqual(['VerifyAccessTokenError', 'dpop_binding_missing']);
  });

  it.each(['', null, 7, undefined, [jkt], {}])('knows no key by the thumbprint %j', (value) => {
    expect(judge({ jkt: value }, proven())).toEqual(['VerifyAccessTokenError', 'dpop_binding_mismatch']);
  });

  it('compares thumbprints in their one spelling', () => {
    for (const value of [`${jkt}=`, jkt.toLowerCase(), ` ${jkt}`])
      expect(judge({ jkt: value }, proven())).toEqual(['VerifyAccessTokenError', 'dpop_binding_mismatch']);
  });

  it('asks for what the proof is checked by', () => {
    for (const method of [undefined, ''])
      expect(judge({ jkt }, { ...proven(), method })).toEqual(['InvalidRequestError', 'http_method_missing']);
    expect(judge({ jkt }, proven(), {}, {})).toEqual(['InvalidRequestError', 'http_url_missing']);
    expect(judge({ jkt }, proven(), {}, { url: '/orders' })).toEqual([
      'InvalidRequestError',
      'http_url_invalid',
    ]);
  });

  it('asks for the proof, and for one by the token', () => {
    expect(judge({ jkt }, { ...proven(), proofs: [] })).toEqual(['InvalidDpopProofError', 'proof_missing']);
    expect(judge({ jkt }, { ...proven(), proofs: [proofFor('other')] })).toEqual([
      'InvalidDpopProofError',
      'proof_token_mismatch',
    ]);
  });

  it('takes the URL from the public base, where there is one', () => {
    expect(judge({ jkt }, proven(), { baseUrl: 'https://api.test' }, { url: '/orders' })).toEqual([jkt]);
    expect(judge({ jkt }, proven(), { baseUrl: 'https://other.test' })).toEqual([
      'InvalidDpopProofError',
      'proof_url_mismatch',
    ]);
  });
});
