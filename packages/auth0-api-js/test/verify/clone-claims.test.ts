import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloneClaims } from '../../src/verify/clone-claims.js';

const unsafe = ['__proto__', 'constructor', 'prototype'];

/** Every object and list inside a value, itself included. */
function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

/** Claims as they are after parsing, with names at all depths that could pollute a prototype. */
const name = fc.oneof({ weight: 4, arbitrary: fc.string() }, fc.constantFrom(...unsafe));
const { claims: anyClaims } = fc.letrec<{ claims: object; value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 0 }),
    tie('claims'),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
  claims: fc
    .array(fc.tuple(name, tie('value')), { maxLength: 6 })
    .map(
      (members) =>
        JSON.parse(
          `{${members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`,
        ) as object,
    ),
}));

describe('cloneClaims', () => {
  it('copies every member but those that could pollute a prototype', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const expected: unknown = JSON.parse(JSON.stringify(claims), function (this: object, key, value) {
          return unsafe.includes(key) && !Array.isArray(this) ? undefined : (value as unknown);
        });
        expect(cloneClaims(claims as Record<string, unknown>)).toEqual(expected);
      }),
    );
  });

  it('shares no object and no list with what it copies, at any depth', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const originals = new Set(objectsIn(claims));
        const copies = objectsIn(cloneClaims(claims as Record<string, unknown>));
        expect(copies.filter((copy) => originals.has(copy))).toEqual([]);
      }),
    );
  });

  it('leaves nothing inside that inherits from anything unusual', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        for (const object of objectsIn(cloneClaims(claims as Record<string, unknown>))) {
          expect(Object.getPrototypeOf(object)).toBe(
            Array.isArray(object) ? Array.prototype : Object.prototype,
          );
          expect(Object.keys(object).filter((key) => unsafe.includes(key))).toEqual([]);
        }
      }),
    );
  });
});
