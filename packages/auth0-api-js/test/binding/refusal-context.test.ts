import { describe, expect, it } from 'vitest';
import { createBinding } from '../../src/binding/create-binding.js';
import type { Scheme } from '../../src/binding/presented.js';
import { refusalContext } from '../../src/binding/refusal-context.js';
import type { RefusalContext } from '../../src/errors.js';
import { dpopOff, type DpopOptions } from '../../src/options/dpop-options.js';
import { readBinding } from '../../src/options/binding-options.js';

function contextOf(dpop: DpopOptions, used: Scheme): RefusalContext {
  return refusalContext(createBinding(readBinding({ dpop }), { now: () => 0, emit: () => {} }), used);
}

const nonce = { secret: 'n'.repeat(32) };

describe('refusalContext', () => {
  it.each<[string, DpopOptions, readonly Scheme[]]>([
    ['off', dpopOff, ['bearer']],
    ['disabled', { mode: 'disabled' }, ['bearer']],
    ['allowed', {}, ['bearer', 'dpop']],
    ['required', { mode: 'required' }, ['dpop']],
  ])('has a challenge for each scheme that is spoken where DPoP is %s', (_mode, dpop, schemes) => {
    for (const used of ['bearer', 'dpop'] as const)
      expect(contextOf(dpop, used).challenges).toEqual({ schemes, used, algorithms: ['ES256'] });
  });

  it('names the algorithms in the order of the options, in a list of its own', () => {
    const dpop = { algorithms: ['RS256', 'ES256', 'Ed25519'] };
    expect(contextOf(dpop, 'dpop').challenges.algorithms).toEqual(dpop.algorithms);
    const policy = createBinding(readBinding({}), { now: undefined, emit: () => {} });
    const read = (): RefusalContext['challenges']['algorithms'] =>
      refusalContext(policy, 'dpop').challenges.algorithms;
    (read() as string[]).push('none');
    expect(read()).toEqual(['ES256']);
  });

  it.each<[string, DpopOptions, Scheme, boolean]>([
    ['a client that uses DPoP', { nonce }, 'dpop', true],
    ['a client that uses DPoP, which is required', { nonce, mode: 'required' }, 'dpop', true],
    ['a bearer', { nonce }, 'bearer', false],
    ['a client that uses DPoP, which is disabled', { nonce, mode: 'disabled' }, 'dpop', false],
    ['a client that uses DPoP, where nonces are not asked for', {}, 'dpop', false],
  ])('gives a nonce to %s: %#', (_whom, dpop, used, isGiven) => {
    const { headers } = contextOf(dpop, used);
    if (isGiven)
      expect(headers).toEqual({
        'DPoP-Nonce': expect.stringMatching(/^[\w-]{43}$/) as unknown,
        'Cache-Control': 'no-store',
      });
    else expect(headers).toBeUndefined();
  });
});
