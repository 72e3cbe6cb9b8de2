import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { InsufficientScopeError } from '@auth0/auth0-api-js';
import { createScopesCheck, type ScopesIncludeOptions } from '@auth0/auth0-api-js/adapter';

function passes(
  required: string | readonly string[],
  scope: unknown,
  options?: ScopesIncludeOptions,
): boolean {
  try {
    createScopesCheck(required, options)({ scope });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InsufficientScopeError);
    return false;
  }
}

const scope = fc.constantFrom('read', 'read:all', 'READ', 'rea', 'write', 'a', 'b', '~!#', '__proto__');
const required = fc.array(scope, { minLength: 1, maxLength: 4 });
const granted = fc.array(scope, { maxLength: 6 });

afterEach(() => {
  delete (Object.prototype as { scope?: unknown }).scope;
});

describe('createScopesCheck', () => {
  it('I1 wants any of the scopes, or all of them, each whole and exact', () => {
    fc.assert(
      fc.property(required, granted, (wanted, held) => {
        const found = wanted.filter((name) => held.includes(name));
        for (const claim of [held.join(' '), held, held.join('  ')]) {
          expect(passes(wanted, claim)).toBe(found.length > 0);
          expect(passes(wanted.join('  '), claim, { match: 'any' })).toBe(found.length > 0);
          expect(passes(` ${wanted.join(' ')} `, claim, { match: 'all' })).toBe(
            found.length === wanted.length,
          );
        }
      }),
    );
  });

  it.each([
    undefined,
    null,
    '',
    ' ',
    7,
    true,
    {},
    { read: true },
    { includes: true, 0: 'read', length: 1 },
    [],
    [['read']],
    ['read '],
    'read\u00a0x',
    'x\tread',
    'read\n',
    'xread',
    'read:all',
    'Read',
    'ｒｅａｄ',
  ])('I1 finds no scope "read" in %j', (claim) => {
    expect(passes('read', claim)).toBe(false);
  });

  it('I1 finds a scope that is there twice', () => {
    expect(passes('read', 'read read')).toBe(true);
  });

  it('I4 takes no scope that every object inherits', () => {
    (Object.prototype as { scope?: unknown }).scope = 'read';
    expect(() => createScopesCheck('read')({})).toThrow(InsufficientScopeError);
  });

  it('I2 never passes without claims', () => {
    expect(() => createScopesCheck('read')(undefined)).toThrow(InsufficientScopeError);
  });

  it('keeps what was asked for when the list changes afterwards', () => {
    const list = ['admin'];
    const check = createScopesCheck(list);
    list[0] = 'read';
    expect(() => check({ scope: 'read' })).toThrow(InsufficientScopeError);
    list.length = 0;
    expect(() => check({ scope: 'admin' })).not.toThrow();
  });

  it.each(['a"b', 'a\\b', 'a\tb', 'a\r\nb', 'a\0', 'é', '\u{1f642}', '\ud800', '\x7f'])(
    'I5 B7 fails at creation with the scope %j, which no challenge could name',
    (impossible) => {
      expect(() => createScopesCheck([impossible])).toThrow(TypeError);
      expect(() => createScopesCheck(['good', impossible])).toThrow('which no token can have');
    },
  );
});
