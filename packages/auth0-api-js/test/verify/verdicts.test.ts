import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importKey } from '../../src/keys/import-key.js';
import { readHeaderMembers } from '../../src/verify/read-header.js';
import { Verdicts, type Verdict, type VerdictLimits } from '../../src/verify/verdicts.js';
import { rsaKey, segment } from '../support/bench.js';
import { objectsIn } from '../support/parse-safe.js';

const header = readHeaderMembers({ alg: 'RS256' });
const key = importKey(rsaKey.publicJwk);
const payload = segment('{"sub":"a","deep":{"list":[{"b":1}]}}');
const mebibyte = 1024 ** 2;
const limits = { maxEntries: 5000, maxBytes: 32 * mebibyte };

/** A token of this length, with a signature as random as they are. */
const text = (number: number, length = 128): string => {
  const signature = createHash('sha256').update(String(number)).digest('base64url');
  return `h.${payload}.`.padEnd(length - signature.length, 'x') + signature;
};
const verdict = (token: string): Verdict => ({ token, header, key });

/** What is known of tokens that were remembered one after the other. To ask moves an entry, so each is asked afresh. */
function knownOf(tokens: readonly string[], some: Partial<VerdictLimits>): boolean[] {
  const make = (): Verdicts => {
    const verdicts = new Verdicts({ ...limits, ...some });
    for (const token of tokens) verdicts.remember(verdict(token));
    return verdicts;
  };
  return tokens.map((token) => make().get(token) !== undefined);
}

const textsUpTo = (count: number, length?: number): string[] =>
  Array.from({ length: count }, (_, number) => text(number, length));

describe('Verdicts', () => {
  it('O4 knows nothing until it is told', () => {
    const verdicts = new Verdicts(limits);
    for (const token of ['', 'a', text(1)]) expect(verdicts.get(token)).toBeUndefined();
  });

  it('O4 knows a token by its whole text', () => {
    const verdicts = new Verdicts(limits);
    const token = text(1);
    verdicts.remember(verdict(token));
    expect(verdicts.get(token)).toMatchObject({ token, header, key, claims: { sub: 'a' } });
    const tail = token.slice(-32);
    for (const other of [
      tail,
      token.slice(1),
      `x${token}`,
      `H${token.slice(1)}`,
      `${token} `,
      token.slice(0, -1),
    ])
      expect(verdicts.get(other)).toBeUndefined();
    for (let index = 0; index < token.length; index++) {
      const changed = `${token.slice(0, index)}${token[index] === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`;
      expect(verdicts.get(changed)).toBeUndefined();
    }
    expect(verdicts.get(token)).toBeDefined();
  });

  it('O4 never lets two tokens answer for each other that have the same last 32 characters', () => {
    const verdicts = new Verdicts(limits);
    const tail = 'x'.repeat(32);
    const [one, two] = ['one', 'two'].map((sub) => `h.${segment(`{"sub":"${sub}"}`)}.${tail}`) as [
      string,
      string,
    ];
    verdicts.remember(verdict(one));
    expect(verdicts.get(two)).toBeUndefined();
    expect(verdicts.get(one)?.claims).toEqual({ sub: 'one' });
    verdicts.remember(verdict(two));
    expect(verdicts.get(one)).toBeUndefined();
    expect(verdicts.get(two)?.claims).toEqual({ sub: 'two' });
    // Whatever asked in between: the one whose turn it is not is verified anew, and takes the place.
    verdicts.remember(verdict(one));
    expect(verdicts.get(one)?.claims).toEqual({ sub: 'one' });
  });

  it('O4 answers with the verdict of the very token, or with none, however alike others are', () => {
    const signature = fc.string({ unit: fc.constantFrom('A', 'B'), minLength: 0, maxLength: 14 });
    const anyToken = fc
      .tuple(fc.integer({ min: 0, max: 3 }), signature)
      .map(([sub, end]) => ({ sub, token: `h.${segment(`{"sub":${sub}}`)}.${end}` }));
    const counts = { hits: 0, misses: 0 };
    const anyUses = fc.array(fc.tuple(fc.boolean(), anyToken), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(anyUses, (uses) => {
        const verdicts = new Verdicts(limits);
        const told = new Set<string>();
        for (const [isRemembered, { sub, token }] of uses) {
          if (isRemembered) verdicts.remember(verdict(token));
          if (isRemembered) told.add(token);
          const found = verdicts.get(token);
          counts[found === undefined ? 'misses' : 'hits'] += 1;
          if (found === undefined) expect(isRemembered).toBe(false);
          else expect([found.token, found.claims, told.has(token)]).toEqual([token, { sub }, true]);
        }
      }),
      { numRuns: 500, seed: 4 },
    );
    expect(Math.min(counts.hits, counts.misses)).toBeGreaterThan(1000);
  });

  it('E13 O4 parses the claims itself, and once', () => {
    const verdicts = new Verdicts(limits);
    const given = {
      ...verdict(text(1)),
      claims: { sub: 'the object of the request that brought the token' },
    };
    verdicts.remember(given);
    const first = verdicts.get(text(1))?.claims;
    expect(first).toEqual({ sub: 'a', deep: { list: [{ b: 1 }] } });
    expect(objectsIn(first)).not.toContain(given.claims);
    expect(verdicts.get(text(1))?.claims).toBe(first);
  });

  it('keeps nothing of a token but its text, header, claims and key', () => {
    const verdicts = new Verdicts(limits);
    verdicts.remember({ ...verdict(text(1)), signature: Buffer.alloc(256) } as Verdict);
    expect(Object.keys(verdicts.get(text(1)) ?? {}).sort()).toEqual(['claims', 'header', 'key', 'token']);
  });

  it('O4 remembers the newer key of a token', () => {
    const verdicts = new Verdicts(limits);
    const newer = importKey(rsaKey.publicJwk);
    verdicts.remember(verdict(text(1)));
    verdicts.remember({ ...verdict(text(1)), key: newer });
    expect(verdicts.get(text(1))?.key).toBe(newer);
  });

  it('O4 forgets a token', () => {
    const verdicts = new Verdicts(limits);
    for (const number of [1, 2]) verdicts.remember(verdict(text(number)));
    verdicts.forget(text(1));
    expect(verdicts.get(text(1))).toBeUndefined();
    expect(verdicts.get(text(2))).toBeDefined();
  });

  it.each([2, 10, 100])('O4 keeps %i tokens and no more, and always the half used last', (maxEntries) => {
    const half = maxEntries / 2;
    for (const [count, kept] of [
      [3 * maxEntries, maxEntries],
      [3 * maxEntries + 1, half + 1],
    ] as const) {
      const known = knownOf(textsUpTo(count), { maxEntries });
      expect(known.filter(Boolean)).toHaveLength(kept);
      expect(known.slice(-half)).not.toContain(false);
    }
  });

  it('O4 keeps a token that is used again and again, whatever comes in between', () => {
    const verdicts = new Verdicts({ ...limits, maxEntries: 10 });
    verdicts.remember(verdict(text(0)));
    for (let number = 1; number <= 100; number++) {
      verdicts.remember(verdict(text(number)));
      expect(verdicts.get(text(0))).toBeDefined();
    }
  });

  it.each([1, 2])('O4 keeps %i MiB, by an estimate of two bytes a character and 1 KiB', (size) => {
    const half = Math.floor((size * mebibyte) / 2 / (2 * 16_384 + 1024));
    const known = knownOf(textsUpTo(4 * half, 16_384), { maxBytes: size * mebibyte });
    expect(known.filter(Boolean)).toHaveLength(2 * half);
    expect(known.slice(-half)).not.toContain(false);
  });
});
