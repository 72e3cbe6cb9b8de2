import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64url } from '../../src/verify/decode-base64url.js';
import { readJsonObject } from '../../src/verify/read-json-object.js';
import { unsafeMembers } from '../support/parse-safe.js';

const anyObject = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 5 }));

describe('readJsonObject', () => {
  it('reads every object that JSON can write', () => {
    fc.assert(
      fc.property(anyObject, (object) => {
        const text = JSON.stringify(object);
        expect(readJsonObject(Buffer.from(text))).toEqual(JSON.parse(text));
        expect(readJsonObject(Buffer.from(JSON.stringify(object, null, 2)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('C7 finds the end of a text behind any run of backslashes', () => {
    const confusing = fc.string({
      unit: fc.constantFrom('\\', '"', ':', ',', '{', '}', 'a', 'é'),
      maxLength: 12,
    });
    const members = fc.uniqueArray(fc.tuple(confusing, confusing), {
      maxLength: 5,
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(members, fc.nat(), (pairs, at) => {
        const written = pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
        const text = `{${written.join()}}`;
        expect(readJsonObject(Buffer.from(text))).toEqual(Object.fromEntries(pairs));
        const repeated = written[at % Math.max(written.length, 1)];
        if (repeated === undefined) return;
        expect(readJsonObject(Buffer.from(`{${[...written, repeated].join()}}`))).toBeUndefined();
        const nested = `{"deep":[{${[...written, repeated].join()}}]}`;
        expect(readJsonObject(Buffer.from(nested))).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('C7 finds a member named twice at any depth, however it is written', () => {
    const name = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !unsafeMembers.includes(text));
    const escape = (text: string): string =>
      Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16))
        .map((code) => `\\u${code.padStart(4, '0')}`)
        .join('');
    fc.assert(
      fc.property(name, anyObject, fc.integer({ min: 0, max: 20 }), (twice, object, depth) => {
        const rest = JSON.stringify({ ...object, [twice]: 1 }).slice(1);
        const wrap = (text: string): string =>
          `${'{"a":['.repeat(depth / 2)}${text}${']}'.repeat(depth / 2)}`;
        fc.pre(readJsonObject(Buffer.from(wrap(`{${rest}`))) !== undefined);
        expect(readJsonObject(Buffer.from(wrap(`{"${escape(twice)}":2,${rest}`)))).toBeUndefined();
      }),
    );
  });

  it.each(unsafeMembers)(
    'C7 C15 counts %s like any other, and takes it for a member of the object',
    (name) => {
      const read = readJsonObject(Buffer.from(`{"${name}":{"a":{"a":1}},"b":[{"${name}":[{"${name}":1}]}]}`));
      expect(Object.keys(read ?? {})).toEqual([name, 'b']);
      expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
      expect(readJsonObject(Buffer.from(`{"${name}":1,"${name}":1}`))).toBeUndefined();
      expect(readJsonObject(Buffer.from(`{"${name}":{"a":1,"a":1}}`))).toBeUndefined();
      expect(readJsonObject(Buffer.from(`{"a":[{"${name}":{},"${name}":{}}]}`))).toBeUndefined();
    },
  );

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

describe('readJsonObject, at its limits', () => {
  const read = (text: string): unknown => readJsonObject(Buffer.from(text));
  const nested = (open: string, close: string, depth: number): string =>
    `{"a":${open.repeat(depth)}1${close.repeat(depth)}}`;

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['both', '[{"a":', '}]'],
  ])('O3 reads 32 levels of %s and no more, the object itself included', (_what, open, close) => {
    const perRound = open.split(/[[{]/).length - 1;
    const rounds = Math.floor(31 / perRound);
    expect(read(nested(open, close, rounds))).toEqual(JSON.parse(nested(open, close, rounds)));
    expect(read(nested(open, close, rounds + 1))).toBeUndefined();
    expect(read(nested(open, close, 100_000))).toBeUndefined();
  });

  it.each([
    '{"alg":1,"al\\u0067":2}',
    '{"a":{"b":1,"b":1}}',
    '{"a":[[{"b":1,"\\u0062":1}]]}',
    '{"__proto__":1,"__proto__":2}',
    '{"1":1,"1":2}',
    '{"":1,"":2}',
    '{"a":":","a":"::"}',
  ])('C7 C10 reads no object with a name written twice: %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it.each(['{"a":{"a":{"a":1}}}', '{"a":1,"A":2,"а":3}', '{"a":[{"b":1},{"b":2}]}', '{"\\u003a":":\\":"}'])(
    'reads an object with one name at several places: %s',
    (text) => {
      expect(read(text)).toEqual(JSON.parse(text));
    },
  );

  it('C6 reads no bytes but UTF-8 without a byte order mark', () => {
    const text = '{"a":"é"}';
    expect(readJsonObject(Buffer.from(text))).toEqual({ a: 'é' });
    for (const bytes of [
      Buffer.from(text, 'latin1'),
      Buffer.from(text, 'utf16le'),
      Buffer.from(`\ufeff${text}`),
      Buffer.concat([Buffer.from(text), Buffer.from([0x80])]),
      Buffer.alloc(0),
    ]) {
      expect(readJsonObject(bytes)).toBeUndefined();
    }
  });
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
