import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indentJson } from '../../../../dashboard/components/indent-json.ts';

describe('indentJson', () => {
  it('writes any JSON as JSON.stringify does, however it was spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\t', '\n  '), (value, space) => {
        expect(indentJson(JSON.stringify(value, null, space))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('leaves strings alone that look like JSON', () => {
    expect(indentJson('{"a":"{ \\"b\\" : [1 , 2] }"}')).toBe('{\n  "a": "{ \\"b\\" : [1 , 2] }"\n}');
  });

  it.each(['', 'Not found', '{"a":1', "{'a':1}"])('makes nothing of %j', (text) => {
    expect(indentJson(text)).toBeUndefined();
  });
});
