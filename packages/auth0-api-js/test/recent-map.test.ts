import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentMap, type SizeLimit } from '../src/recent-map.js';

/** Which of these keys a map knows. Each is asked of a map of its own: to ask moves an entry, and others may go. */
const knownOf = (keys: readonly string[], make: () => RecentMap<number>): number[] =>
  keys.map((key) => make().get(key)).filter((value) => value !== undefined);

const bySize: SizeLimit<number> = { maxSize: 100, sizeOf: (value) => value };

describe('RecentMap', () => {
  it('knows what it was told last under a key', () => {
    const map = new RecentMap<number>(10);
    expect(map.get('a')).toBeUndefined();
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    expect([map.get('a'), map.get('b'), map.get('A'), map.get('')]).toEqual([3, 2, undefined, undefined]);
  });

  it.each([2, 3, 10, 101])('of %i entries keeps no more, and always the half used last', (maxEntries) => {
    const half = Math.floor(maxEntries / 2);
    const totals = new Set<number>();
    for (let count = 4 * half; count <= 5 * half; count += Math.ceil(half / 5)) {
      const keys = Array.from({ length: count }, (_, key) => String(key));
      const make = (): RecentMap<number> => {
        const map = new RecentMap<number>(maxEntries);
        for (const key of keys) map.set(key, 1);
        return map;
      };
      expect(knownOf(keys.slice(-half), make)).toHaveLength(half);
      totals.add(knownOf(keys, make).length);
    }
    expect(Math.max(...totals)).toBe(2 * half);
    expect(Math.min(...totals)).toBeGreaterThanOrEqual(half);
  });

  it('keeps what is used again and again, whatever comes in between', () => {
    const map = new RecentMap<number>(4);
    map.set('used', 7);
    for (let key = 0; key < 1000; key++) {
      map.set(String(key), key);
      expect(map.get('used')).toBe(7);
    }
  });

  it('forgets what is deleted, in either generation', () => {
    const map = new RecentMap<number>(4);
    for (const key of ['a', 'b', 'c']) map.set(key, 1);
    for (const key of ['a', 'b', 'c', 'never set']) map.delete(key);
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([undefined, undefined, undefined]);
  });

  it('never answers with an older value of a key, in either generation', () => {
    const map = new RecentMap<number>(4);
    map.set('a', 1);
    map.set('b', 1);
    map.set('c', 1);
    map.set('a', 2);
    expect(map.get('a')).toBe(2);
    map.delete('a');
    expect(map.get('a')).toBeUndefined();
  });

  it('counts a key once that is set again and again', () => {
    const map = new RecentMap<number>(4);
    map.set('a', 1);
    for (let time = 0; time < 100; time++) map.set('b', time);
    expect(map.get('a')).toBe(1);
    const sized = new RecentMap<number>(100, bySize);
    sized.set('a', 10);
    for (let time = 0; time < 100; time++) sized.set('b', 40);
    expect(sized.get('a')).toBe(10);
  });

  it('does not count what was deleted', () => {
    const sized = new RecentMap<number>(100, bySize);
    sized.set('a', 10);
    for (let time = 0; time < 100; time++) {
      sized.set('b', 40);
      sized.delete('b');
    }
    expect(sized.get('a')).toBe(10);
  });

  it('keeps entries up to half of the size that all may have, and drops an older value with a larger one', () => {
    const map = new RecentMap<number>(100, bySize);
    map.set('a', 50);
    expect(map.get('a')).toBe(50);
    map.set('b', 1);
    map.set('b', 51);
    expect(map.get('b')).toBeUndefined();
    expect(map.get('a')).toBe(50);
  });

  it('drops an older value from the older generation, too, with one that is too large', () => {
    const map = new RecentMap<number>(100, bySize);
    map.set('a', 30);
    map.set('b', 40);
    map.set('a', 60);
    expect(map.get('a')).toBeUndefined();
    expect(map.get('b')).toBe(40);
  });

  it('has numbers for keys', () => {
    const map = new RecentMap<string, number>(4);
    map.set(0, 'zero');
    map.set(-1, 'minus one');
    expect([map.get(0), map.get(-1), map.get(1)]).toEqual(['zero', 'minus one', undefined]);
  });

  it('finds keys that every object has', () => {
    const map = new RecentMap<number>(4);
    for (const key of ['__proto__', 'constructor', 'toString']) expect(map.get(key)).toBeUndefined();
    map.set('__proto__', 1);
    expect(map.get('__proto__')).toBe(1);
  });
});

/** What every key holds, and all that was used, deleted or not, the last behind. */
class Model {
  readonly values = new Map<string, number>();
  readonly #uses: { key: string; value: number }[] = [];

  set(key: string, value: number): void {
    this.values.set(key, value);
    this.#uses.push({ key, value });
  }

  /** Whether what was used since this key has room together in half of what is allowed. */
  isCertain(key: string, maxEntries: number, limit: SizeLimit<number> | undefined): boolean {
    const last = this.#uses.findLastIndex((use) => use.key === key);
    const later = new Map(this.#uses.slice(last + 1).map((use) => [`${use.key} ${use.value}`, use]));
    const keys = new Set(Array.from(later.values(), (use) => use.key));
    const size = Array.from(later.values()).reduce((sum, { value }) => sum + (limit?.sizeOf(value) ?? 0), 0);
    return keys.size < Math.floor(maxEntries / 2) && size <= (limit?.maxSize ?? 0) / 2;
  }
}

const key = fc.integer({ min: 0, max: 15 }).map(String);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('set' as const), key, value: fc.integer({ min: 1, max: 60 }) }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('get' as const), key, value: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('delete' as const), key, value: fc.constant(0) }) },
);

interface Step {
  readonly what: 'set' | 'get' | 'delete';
  readonly key: string;
  readonly value: number;
}

/** A map after all of these steps. */
function replay(
  steps: readonly Step[],
  maxEntries: number,
  limit: SizeLimit<number> | undefined,
): RecentMap<number> {
  const map = new RecentMap<number>(maxEntries, limit);
  for (const { what, key: name, value } of steps) {
    if (what === 'set') map.set(name, value);
    else map[what](name);
  }
  return map;
}

describe.each([
  ['by count', undefined],
  ['by size', bySize],
])('RecentMap, bounded %s, against a list of what was used', (_how, limit) => {
  it('never answers wrongly, never forgets the half used last, never keeps more than it may', () => {
    const counts = { certain: 0, forgotten: 0 };
    const anySteps = fc.array(step, { minLength: 50, maxLength: 120 });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), anySteps, (maxEntries, steps) => {
        const map = new RecentMap<number>(maxEntries, limit);
        const model = new Model();
        for (const { what, key: name, value } of steps) {
          if (what === 'delete') {
            map.delete(name);
            model.values.delete(name);
          } else if (what === 'set') {
            map.set(name, value);
            if (limit === undefined || value <= limit.maxSize / 2) model.set(name, value);
            else model.values.delete(name);
          } else {
            const expected = model.values.get(name);
            const isCertain = expected !== undefined && model.isCertain(name, maxEntries, limit);
            const found = map.get(name);
            if (isCertain) expect(found).toBe(expected);
            else expect([undefined, expected]).toContain(found);
            if (isCertain) counts.certain += 1;
            else if (expected !== undefined && found === undefined) counts.forgotten += 1;
            // What is forgotten stays forgotten: nothing comes back later.
            if (found === undefined) model.values.delete(name);
            else model.set(name, found);
          }
        }
        const again = (): RecentMap<number> => replay(steps, maxEntries, limit);
        const left = knownOf([...model.values.keys()], again);
        expect(left.length).toBeLessThanOrEqual(maxEntries);
        const size = left.reduce((sum, value) => sum + value, 0);
        if (limit !== undefined) expect(size).toBeLessThanOrEqual(limit.maxSize);
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(Math.min(counts.certain, counts.forgotten)).toBeGreaterThan(500);
  });
});
