import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { anyObject, looseObject, record, strictObject } from '../../src/tenant/object-schemas.js';
import { readBody } from '../../src/tenant/read-body.js';

const schema = strictObject({
  text: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(3))),
  count: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3))),
  kind: v.exactOptional(v.picklist(['a', 'b'])),
  list: v.exactOptional(v.pipe(v.array(strictObject({ value: v.string() })), v.maxLength(2))),
  loose: v.exactOptional(looseObject({ inner: v.exactOptional(v.boolean()) })),
  names: v.exactOptional(record(v.string())),
  any: v.exactOptional(v.nullable(anyObject)),
});

function problemOf(body: unknown): string {
  try {
    readBody(schema, body);
    return 'none';
  } catch (error) {
    expect(error).toMatchObject({ kind: 'invalid', errorCode: 'invalid_body' });
    const [, problem = ''] = /^Payload validation error: (.*)\.$/s.exec((error as Error).message) ?? [];
    return problem;
  }
}

describe('readBody', () => {
  it.each([
    [undefined, 'none'],
    [null, 'none'],
    [{}, 'none'],
    [[], "'Expected type object but found type array'"],
    [{ x: 1 }, "'Additional properties not allowed: x'"],
    [{ constructor: 1 }, "'Additional properties not allowed: constructor'"],
    [{ text: '' }, "'String is too short (0 chars), minimum 1' on property text"],
    [{ text: 'abcd' }, "'String is too long (4 chars), maximum 3' on property text"],
    [{ count: 0 }, "'Value 0 is less than minimum 1' on property count"],
    [{ count: 4 }, "'Value 4 is greater than maximum 3' on property count"],
    [{ kind: 'c' }, "'No enum match for: c' on property kind"],
    [{ kind: {} }, "'Expected type string but found type object' on property kind"],
    [{ list: [{ value: 'a' }, {}] }, "'Missing required property: value' on property list[1]"],
    [{ list: [{ value: 1 }] }, "'Expected type string but found type integer' on property list[0].value"],
    [{ list: [{ value: 1.5 }] }, "'Expected type string but found type number' on property list[0].value"],
    [{ list: [{}, {}, {}] }, "'Missing required property: value' on property list[0]"],
    [
      { list: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] },
      "'Array is too long (3), maximum 2' on property list",
    ],
    [{ loose: { inner: 'x' } }, "'Expected type boolean but found type string' on property loose.inner"],
    [{ loose: [] }, "'Expected type object but found type array' on property loose"],
    [{ names: { a: 1 } }, "'Expected type string but found type integer' on property names.a"],
    [{ names: null }, "'Expected type object but found type null' on property names"],
    [{ any: [1] }, "'Expected type object but found type array' on property any"],
    [{ any: { constructor: 1, a: [null] } }, 'none'],
  ])('says of %j: %s', (body, problem) => {
    expect(problemOf(body)).toBe(problem);
  });

  it('names the place, however far inside', () => {
    fc.assert(
      fc.property(fc.nat(20), (index) => {
        const values = Array.from({ length: index }, () => ({ value: 'x' }));
        const lists = v.array(strictObject({ value: v.string() }));
        const body = { scopes: [...values, {}] };
        expect(() => readBody(strictObject({ scopes: lists }), body)).toThrow(
          `'Missing required property: value' on property scopes[${index}].`,
        );
      }),
    );
  });

  it('keeps objects of whatever as they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (any) => {
        fc.pre(!Object.hasOwn(any, '__proto__'));
        expect(readBody(schema, { any }).any).toEqual(any);
      }),
    );
  });
});
