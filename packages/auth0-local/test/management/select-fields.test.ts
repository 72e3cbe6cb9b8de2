import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectFields } from '../../src/management/select-fields.js';

const item = { a: 1, b: { c: 2, d: { e: 3 } }, f: [{ g: 4 }], h: null };

describe('selectFields', () => {
  it.each([
    ['a', { a: 1 }],
    ['b', { b: item.b }],
    ['b.c', { b: { c: 2 } }],
    ['b.d.e,a', { a: 1, b: { d: { e: 3 } } }],
    ['b,b.c', { b: item.b }],
    ['f.g,h.i,toString,b.toString', { b: {} }],
  ])('keeps %s', (fields, expected) => {
    expect(selectFields(item, { fields })).toEqual(expected);
  });

  it.each([
    ['a,b,f', { h: null }],
    ['b.c', { ...item, b: { d: { e: 3 } } }],
    ['b.d.e', { ...item, b: { c: 2, d: {} } }],
    ['x.y,f.g', item],
  ])('leaves out %s', (fields, expected) => {
    expect(selectFields(item, { fields, include_fields: false })).toEqual(expected);
  });

  it('parts an object in two that have all of it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^\w{1,5}$/), fc.jsonValue()), fc.nat(), (object, seed) => {
        const fields = Object.keys(object)
          .filter((_, index) => ((seed >> index) & 1) === 1)
          .join(',');
        fc.pre(fields !== '');
        const kept = selectFields(object, { fields });
        const left = selectFields(object, { fields, include_fields: false });
        expect({ ...kept, ...left }).toEqual({ ...object });
        expect(Object.keys(kept).length + Object.keys(left).length).toBe(Object.keys(object).length);
      }),
    );
  });
});
