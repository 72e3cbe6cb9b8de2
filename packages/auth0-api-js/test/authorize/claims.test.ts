import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VerifyAccessTokenError } from '@auth0/auth0-api-js';
import {
  createClaimEqualsCheck,
  createClaimIncludesCheck,
  type ClaimsCheck,
  type JSONPrimitive,
} from '@auth0/auth0-api-js/adapter';

function passes(check: ClaimsCheck, claims: Record<string, unknown>): boolean {
  try {
    check(claims);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(VerifyAccessTokenError);
    return false;
  }
}

const primitive = fc.oneof(
  fc.constantFrom<JSONPrimitive>('', '0', '1', 'true', 'null', 0, 1, true, false, null, 'a', 'a b'),
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const inherited = ['toString', 'constructor', 'hasOwnProperty', '__proto__', 'valueOf'];

describe('createClaimEqualsCheck', () => {
  it('I4 is strict equality of two JSON values, and of nothing else', () => {
    fc.assert(
      fc.property(primitive, fc.oneof(primitive, fc.jsonValue()), (value, claim) => {
        expect(passes(createClaimEqualsCheck('c', value), { c: claim })).toBe(value === claim);
        expect(passes(createClaimEqualsCheck('c', value), { c: value })).toBe(true);
        expect(passes(createClaimEqualsCheck('c', value), { c: [value] })).toBe(false);
      }),
    );
  });

  it.each(inherited)('I4 misses %s, which every object inherits', (claim) => {
    expect(() => createClaimEqualsCheck(claim, 'x')({})).toThrow(`Missing '${claim}' claim`);
  });
});

describe('createClaimIncludesCheck', () => {
  it('I3 wants every value in a list, strictly', () => {
    const list = fc.array(primitive, { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(primitive, { minLength: 1, maxLength: 3 }), list, (values, held) => {
        const expected = values.every((value) => held.includes(value));
        expect(passes(createClaimIncludesCheck('c', values), { c: held })).toBe(expected);
        expect(passes(createClaimIncludesCheck('c', values), { c: [...held, ...values] })).toBe(true);
      }),
    );
  });

  it('I3 wants every value as a whole word of a string', () => {
    const word = fc.constantFrom('admin', 'superadmin', 'adm', 'Admin', 'editor');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), fc.array(word), (values, words) => {
        const expected = values.every((value) => words.includes(value));
        expect(passes(createClaimIncludesCheck('c', values), { c: words.join(' ') })).toBe(expected);
      }),
    );
  });

  it.each(inherited)('I4 misses %s, which every object inherits', (claim) => {
    expect(() => createClaimIncludesCheck(claim, ['x'])({})).toThrow(`Missing '${claim}' claim`);
  });

  it('keeps what was asked for when the list changes afterwards', () => {
    const list = ['admin'];
    const check = createClaimIncludesCheck('c', list);
    list.length = 0;
    expect(passes(check, { c: ['reader'] })).toBe(false);
  });
});

describe.each([
  ['claimEquals', (options: object) => createClaimEqualsCheck('c', 1, options)],
  ['claimIncludes', (options: object) => createClaimIncludesCheck('c', [1], options)],
])('the options of %s', (name, create) => {
  it.each<[object, string]>([
    [{ errorMessage: ' \t' }, "'errorMessage' must be a non-empty string"],
    [{ errorMessage: '' }, "'errorMessage' must be a non-empty string"],
    [{ errorMessage: 7 }, "'errorMessage' must be a non-empty string"],
    [{ message: 'x' }, `${name}: unknown option 'message'. The options are errorMessage.`],
    [{ errormessage: 'x' }, `${name}: unknown option 'errormessage'. Did you mean 'errorMessage'?`],
  ])('fail at creation with %j', (options, message) => {
    expect(() => create(options)).toThrow(message);
  });
});
