import { describe, expect, it } from 'vitest';
import { checkBearerBinding } from '../../src/binding/check-bearer-binding.js';

const reasonOf = (claims: Record<string, unknown>): unknown => {
  try {
    checkBearerBinding(claims);
    return 'accepted';
  } catch (error) {
    return (error as { reason?: string }).reason;
  }
};

describe('checkBearerBinding', () => {
  it.each([
    ['a token that is bound to nothing', {}, 'accepted'],
    ['a confirmation without a method', { cnf: {} }, 'accepted'],
    ['a method it does not know', { cnf: { kid: 'k', jwk: {} } }, 'accepted'],
    ['G18 a key', { cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } }, 'dpop_bound_token'],
    ['G17 an empty thumbprint', { cnf: { jkt: '' } }, 'dpop_bound_token'],
    ['G17 a thumbprint that is no string', { cnf: { jkt: null } }, 'dpop_bound_token'],
    ['a certificate', { cnf: { 'x5t#S256': 'A4DtL2JmUMhAsvJj5tKyn64S' } }, 'certificate_bound_token'],
    ['a certificate without its thumbprint', { cnf: { 'x5t#S256': null } }, 'certificate_bound_token'],
    ['G17 a key and a certificate', { cnf: { jkt: 'a', 'x5t#S256': 'b' } }, 'dpop_bound_token'],
    ['G17 a confirmation that is null', { cnf: null }, 'confirmation_invalid'],
    ['G17 a confirmation that is a list', { cnf: [{ jkt: 'a' }] }, 'confirmation_invalid'],
    ['a confirmation that is a string', { cnf: 'jkt' }, 'confirmation_invalid'],
    ['a confirmation that is missing by value only', { cnf: undefined }, 'confirmation_invalid'],
  ])('judges %s', (_what, claims, expected) => {
    expect(reasonOf(claims)).toBe(expected);
  });

  it('reads members of their own only', () => {
    expect(reasonOf(Object.create({ cnf: { jkt: 'a' } }) as Record<string, unknown>)).toBe('accepted');
    expect(reasonOf({ cnf: Object.create({ jkt: 'a', 'x5t#S256': 'b' }) as unknown })).toBe('accepted');
  });
});
