import { describe, expect, it } from 'vitest';
import { checkBinding } from '../../src/binding/check-binding.js';
import { createBinding } from '../../src/binding/create-binding.js';
import { bearerOnly } from '../../src/binding/presented.js';
import type { Auth0ApiEvent } from '../../src/events.js';
import { dpopOff } from '../../src/options/dpop-options.js';
import { readBinding } from '../../src/options/binding-options.js';
import type { ApiClientOptions } from '../../src/options.js';
import { rfc8705Certificate, rfc8705Thumbprint } from '../support/rfc8705.js';

const key = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I';

/** Why a bearer of these claims is refused, or `accepted`, and the events that tell of it. */
function judge(
  claims: Record<string, unknown>,
  options: Partial<ApiClientOptions> = {},
  certificate?: unknown,
): unknown[] {
  const events: Auth0ApiEvent[] = [];
  const emit = (event: Auth0ApiEvent): void => void events.push(event);
  const policy = createBinding(readBinding(options), { now: undefined, emit });
  const presented = { ...bearerOnly, certificate: () => certificate };
  try {
    const proof = checkBinding(claims, { token: 'a.b.c', presented }, policy, emit);
    return [proof ?? 'accepted', ...events];
  } catch (error) {
    return [(error as { reason?: string }).reason, ...events];
  }
}

describe('checkBinding', () => {
  it.each([
    ['a token that is bound to nothing', {}, 'accepted'],
    ['a confirmation without a method', { cnf: {} }, 'accepted'],
    ['a method it does not know', { cnf: { kid: 'k', jwk: {} } }, 'accepted'],
    ['G18 a key', { cnf: { jkt: key } }, 'dpop_bound_token'],
    ['G17 an empty thumbprint', { cnf: { jkt: '' } }, 'dpop_bound_token'],
    ['G17 a thumbprint that is no string', { cnf: { jkt: null } }, 'dpop_bound_token'],
    ['a certificate', { cnf: { 'x5t#S256': rfc8705Thumbprint } }, 'certificate_bound_token'],
    ['a certificate without its thumbprint', { cnf: { 'x5t#S256': null } }, 'certificate_bound_token'],
    ['G17 a key and a certificate', { cnf: { jkt: 'a', 'x5t#S256': 'b' } }, 'dpop_bound_token'],
    ['G17 a confirmation that is null', { cnf: null }, 'confirmation_invalid'],
    ['G17 a confirmation that is a list', { cnf: [{ jkt: 'a' }] }, 'confirmation_invalid'],
    ['a confirmation that is a string', { cnf: 'jkt' }, 'confirmation_invalid'],
    ['a confirmation that is missing by value only', { cnf: undefined }, 'confirmation_invalid'],
  ])('judges %s, where DPoP is spoken and where it is off', (_what, claims, expected) => {
    expect(judge(claims)).toEqual([expected]);
    expect(judge(claims, { dpop: dpopOff })).toEqual([expected]);
  });

  it('reads members of their own only', () => {
    expect(judge(Object.create({ cnf: { jkt: 'a' } }) as Record<string, unknown>)).toEqual(['accepted']);
    expect(judge({ cnf: Object.create({ jkt: 'a', 'x5t#S256': 'b' }) as unknown })).toEqual(['accepted']);
  });

  it('H5 checks both, where a token is bound to a key and to a certificate', () => {
    const both = { cnf: { jkt: key, 'x5t#S256': rfc8705Thumbprint } };
    const disabled = { dpop: { mode: 'disabled' }, mtls: {} } as const;
    const ignored = { type: 'binding_ignored', method: 'dpop' };
    expect(judge(both, disabled)).toEqual(['certificate_bound_token', ignored]);
    expect(judge(both, disabled, rfc8705Certificate)).toEqual(['accepted', ignored]);
    expect(judge(both, { mtls: {} }, rfc8705Certificate)).toEqual(['dpop_bound_token']);
  });

  it('H6 refuses a method it does not know where the application says so', () => {
    const refuse = { unknownConfirmation: 'refuse' } as const;
    expect(judge({ cnf: { another: 1 } }, refuse)).toEqual(['confirmation_unknown']);
    expect(judge({ cnf: { jkt: key, another: 1 } }, refuse)).toEqual(['confirmation_unknown']);
    expect(judge({ cnf: {} }, refuse)).toEqual(['accepted']);
    expect(judge({}, refuse)).toEqual(['accepted']);
    expect(judge({ cnf: { jkt: key } }, refuse)).toEqual(['dpop_bound_token']);
  });

  it('G20 lets a bound token pass without a proof only where that was said in so many words, with an event', () => {
    const bound = { cnf: { jkt: key } };
    expect(judge(bound, { dpop: { mode: 'disabled' } })).toEqual([
      'accepted',
      { type: 'binding_ignored', method: 'dpop' },
    ]);
    expect(judge(bound, { dpop: { mode: 'required' } })).toEqual(['dpop_bound_token']);
    expect(judge({}, { dpop: { mode: 'disabled' } })).toEqual(['accepted']);
  });
});
