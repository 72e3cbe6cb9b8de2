import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64url } from '../../src/verify/decode-base64url.js';
import { readJsonObject } from '../../src/verify/read-json-object.js';
import { readJsonSegment } from '../../src/verify/read-json-segment.js';
import { longestToken } from '../../src/verify/split-jws.js';
import { segment } from '../support/bench.js';
import { objectsIn } from '../support/parse-safe.js';

/** What the two steps say that it does in one. */
function readInSteps(text: string): unknown {
  const bytes = decodeBase64url(text);
  return bytes && readJsonObject(bytes);
}

/** A text as near at a segment as chance makes it: JSON and other bytes, whole, cut off, or with a character changed. */
const anyText = fc
  .tuple(
    fc.oneof(
      fc
        .dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))
        .map((object) => segment(JSON.stringify(object))),
      fc.jsonValue({ maxDepth: 2 }).map((value) => segment(JSON.stringify(value))),
      fc.uint8Array().map((bytes) => segment(bytes)),
      fc.string({ unit: 'binary' }),
    ),
    fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.constantFrom(...'AZ-_+/= \n.é'.split(''))),
    fc.nat(),
  )
  .map(([text, extra, at]) => {
    const index = at % (text.length + 1);
    return `${text.slice(0, index)}${extra}${text.slice(index)}`;
  });

describe('readJsonSegment', () => {
  it('C4 C6 C7 C10 says of any text what strict base64url and strict JSON say, whatever came before', () => {
    const counts = { read: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (texts) => {
        for (const text of texts) {
          const expected = readInSteps(text);
          counts[expected === undefined ? 'refused' : 'read'] += 1;
          expect(readJsonSegment(text)).toEqual(expected);
        }
      }),
      { numRuns: 2000, seed: 4648 },
    );
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(500);
  });

  it('reads a longer text after a shorter one, and a shorter one after a longer one', () => {
    const ofLength = (length: number): object => ({ a: 'x'.repeat(length) });
    for (const length of [1, 5000, 2, 12_000, 0, 12_001, 3])
      expect(readJsonSegment(segment(JSON.stringify(ofLength(length))))).toEqual(ofLength(length));
  });

  it('shows nothing of a segment that came before', () => {
    const whole = segment(`{"secret":"${'s'.repeat(100)}","end":1}`);
    expect(readJsonSegment(whole)).toBeDefined();
    // Each would be whole again with the bytes that still lie behind it.
    for (let length = 0; length < whole.length; length++)
      expect(readJsonSegment(whole.slice(0, length))).toBeUndefined();
    expect(readJsonSegment('')).toBeUndefined();
    expect(readJsonSegment(segment('{}'))).toEqual({});
  });

  it('E13 gives each reader objects of its own, which later segments do not change', () => {
    const text = segment('{"name":"first","deep":{"list":["first"]}}');
    const first = readJsonSegment(text);
    const again = readJsonSegment(text);
    expect(objectsIn(first).filter((object) => objectsIn(again).includes(object))).toEqual([]);
    readJsonSegment(segment('{"name":"other","deep":{"list":["other"]}}'));
    expect(first).toEqual({ name: 'first', deep: { list: ['first'] } });
  });

  it.each([
    ['padding', (text: string) => `${text}=`],
    ['a space before', (text: string) => ` ${text}`],
    ['a line break behind', (text: string) => `${text}\n`],
    ['a line break inside', (text: string) => `${text.slice(0, 8)}\n${text.slice(8)}`],
    ['stray bits at the end', (text: string) => `${text.slice(0, -1)}${text.endsWith('Q') ? 'R' : 'B'}`],
    ['a character that is not ASCII', (text: string) => `${text}é`],
    ['half of a pair', (text: string) => `${text}\ud800`],
    ['a zero', (text: string) => `${text}\0`],
  ])('C4 reads no other spelling: %s', (_what, change) => {
    const text = segment('{"a":12}');
    expect(readJsonSegment(text)).toEqual({ a: 12 });
    expect(readJsonSegment(change(text))).toBeUndefined();
    expect(readInSteps(change(text))).toBeUndefined();
  });

  it('C4 reads no other alphabet', () => {
    const text = segment('{"a":"???>>>~~~"}');
    expect(text).toMatch(/[-_]/);
    expect(readJsonSegment(text)).toBeDefined();
    expect(readJsonSegment(text.replaceAll('-', '+').replaceAll('_', '/'))).toBeUndefined();
  });

  it('O1 reads whatever has room in the longest token', () => {
    const object = { a: 'x'.repeat((longestToken * 3) / 4 - 9) };
    const text = segment(JSON.stringify(object));
    expect(text.length).toBeGreaterThan(longestToken - 4);
    expect(readJsonSegment(text)).toEqual(object);
    expect(readJsonSegment('A'.repeat(longestToken))).toBeUndefined();
  });
});
