import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloneClaims, takeClaims } from '../../src/verify/clone-claims.js';
import { readJsonObject, type JsonObject } from '../../src/verify/read-json-object.js';
import { objectsIn, parseSafe, unsafeMembers } from '../support/parse-safe.js';

/** Claims as text, with names at all depths that could pollute a prototype. */
const name = fc.oneof({ weight: 4, arbitrary: fc.string() }, fc.constantFrom(...unsafeMembers));
const { claims: anyClaims } = fc.letrec<{ claims: string; value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 0 }).map((value) => JSON.stringify(value)),
    tie('claims'),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
  ),
  claims: fc
    .uniqueArray(fc.tuple(name, tie('value')), { maxLength: 6, selector: ([key]) => key })
    .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`),
}));

/** Claims as they are after parsing. */
function read(text: string): JsonObject {
  const claims = readJsonObject(Buffer.from(text));
  if (claims === undefined) throw new Error(`not read: ${text}`);
  return claims;
}

describe.each([
  ['cloneClaims', cloneClaims],
  ['takeClaims', takeClaims],
])('%s', (_name, copy) => {
  it('C15 has every member but those that could pollute a prototype, at any depth', () => {
    fc.assert(
      fc.property(anyClaims, (text) => {
        expect(JSON.stringify(copy(read(text)))).toBe(JSON.stringify(parseSafe(text)));
      }),
    );
  });

  it('C15 leaves nothing inside that inherits from anything unusual', () => {
    fc.assert(
      fc.property(anyClaims, (text) => {
        for (const object of objectsIn(copy(read(text)))) {
          expect(Object.getPrototypeOf(object)).toBe(
            Array.isArray(object) ? Array.prototype : Object.prototype,
          );
          expect(Object.keys(object).filter((key) => unsafeMembers.includes(key))).toEqual([]);
        }
      }),
    );
  });
});

describe('cloneClaims, of claims that are kept', () => {
  it('E13 shares no object and no list with what it copies, at any depth, and changes nothing of it', () => {
    fc.assert(
      fc.property(anyClaims, (text) => {
        const claims = read(text);
        const originals = new Set(objectsIn(claims));
        const copies = objectsIn(cloneClaims(claims));
        expect(copies).toHaveLength(objectsIn(parseSafe(text)).length);
        expect(copies.filter((copy) => originals.has(copy))).toEqual([]);
        expect(claims).toEqual(read(text));
      }),
    );
  });
});

describe('takeClaims, of claims that nobody else holds', () => {
  it('copies nothing where no member is left out', () => {
    const claims = read('{"a":{"b":[{"c":1}]},"protocolls":1}');
    expect(takeClaims(claims)).toBe(claims);
  });
});
