import { afterEach, describe, expect, it, vi } from 'vitest';
import { holdKeys, refreshAfterSeconds, stateOf } from '../../src/keys/held-keys.js';
import { KeySet } from '../../src/keys/key-set.js';
import { seedRandom } from '../support/seeded-random.js';

const held = holdKeys(new KeySet([]), 1000, 600, 3600);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('stateOf', () => {
  it.each([
    [1000, 'fresh'],
    [1599.999, 'fresh'],
    [1600, 'stale'],
    [5199.999, 'stale'],
    [5200, 'expired'],
    [1e9, 'expired'],
  ])('at %d, keys from 1000 that are good for 600 s and then for an hour are %s', (now, state) => {
    expect(stateOf(held, now)).toBe(state);
  });

  it('is empty where there are no keys', () => {
    expect(stateOf(undefined, 1000)).toBe('empty');
  });

  it('has no stale time where none is allowed', () => {
    const strict = holdKeys(new KeySet([]), 1000, 600, 0);
    expect([stateOf(strict, 1599.999), stateOf(strict, 1600)]).toEqual(['fresh', 'expired']);
  });
});

describe('refreshAfterSeconds', () => {
  it('is 80 to 95 % of the time', () => {
    const random = vi.spyOn(Math, 'random');
    const atEnds = [0, 1].map((value) => {
      random.mockReturnValue(value);
      return refreshAfterSeconds(600);
    });
    expect(atEnds[0]).toBeCloseTo(480, 6);
    expect(atEnds[1]).toBeCloseTo(570, 6);
  });

  it('spreads 10,000 processes evenly', () => {
    seedRandom(2);
    const seconds = Array.from({ length: 10_000 }, () => Math.floor(refreshAfterSeconds(600) - 480));
    for (let at = 0; at < 90; at += 10) {
      const count = seconds.filter((second) => second >= at && second < at + 10).length;
      expect(Math.abs(count - 10_000 / 9)).toBeLessThan(140);
    }
  });
});
