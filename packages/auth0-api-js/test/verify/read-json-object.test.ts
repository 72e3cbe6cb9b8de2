import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64url } from '../../src/verify/decode-base64url.js';
import { readJsonObject } from '../../src/verify/read-json-object.js';

describe('readJsonObject', () => {
  it('reads every object that JSON can write', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 5 })), (object) => {
        const text = JSON.stringify(object);
        expect(readJsonObject(Buffer.from(text))).toEqual(JSON.parse(text));
        expect(readJsonObject(Buffer.from(JSON.stringify(object, null, 2)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('reads no object that names a member twice', () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (name, object) => {
        const members = JSON.stringify({ ...object, [name]: 1 }).slice(1);
        expect(readJsonObject(Buffer.from(`{${JSON.stringify(name)}:2,${members}`))).toBeUndefined();
      }),
    );
  });

  it.each(['{"a":"x:y","b":"\\":"}', '{"a":"\\\\","b":":"}', '{":":":"}'])(
    'is not confused by strings like those of %s',
    (text) => {
      expect(readJsonObject(Buffer.from(text))).toEqual(JSON.parse(text));
    },
  );
});

describe('decodeBase64url', () => {
  it('decodes what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64url(Buffer.from(bytes).toString('base64url'))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('accepts one spelling of any bytes, and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AZaz09-_+/= \n.é'.split('')) }), (text) => {
        const bytes = decodeBase64url(text);
        if (bytes !== undefined) expect(bytes.toString('base64url')).toBe(text);
        else expect(Buffer.from(text, 'base64url').toString('base64url')).not.toBe(text);
      }),
    );
  });
});
