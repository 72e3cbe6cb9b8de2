import { afterEach, describe, expect, it, vi } from 'vitest';
import { backOffSeconds } from '../../src/keys/back-off.js';
import { readRetryAfterSeconds } from '../../src/keys/freshness.js';
import { seedRandom } from '../support/seeded-random.js';

const settings = { minBackOffSeconds: 0.5, maxBackOffSeconds: 30 };

function longest(failures: number, asked?: number): number {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  return backOffSeconds(failures, asked, settings);
}

function shortest(failures: number, asked?: number): number {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  return backOffSeconds(failures, asked, settings);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('backOffSeconds', () => {
  it('doubles its limit with each failure, up to the longest wait', () => {
    const limits = Array.from({ length: 9 }, (_, index) => longest(index + 1));
    expect(limits).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30]);
  });

  it.each([1, 2, 6, 100, 1074, 1e6])('stays within its bounds after %i failures', (failures) => {
    expect(shortest(failures)).toBe(0.5);
    expect(longest(failures)).toBe(Math.min(30, 2 ** failures / 2));
  });

  it('waits for exactly its time where the shortest and the longest wait are the same', () => {
    expect(backOffSeconds(3, undefined, { minBackOffSeconds: 7, maxBackOffSeconds: 7 })).toBe(7);
  });

  it('never waits longer than the longest, even if the first limit would be beyond it', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    expect(backOffSeconds(1, undefined, { minBackOffSeconds: 20, maxBackOffSeconds: 30 })).toBe(30);
  });

  it('spreads 10,000 processes evenly over the wait', () => {
    seedRandom(1);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let process = 0; process < 10_000; process++) {
      const tenth = Math.floor(((backOffSeconds(9, undefined, settings) - 0.5) / 29.5) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    // A thousand each, give or take more than four standard deviations.
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  it('waits at least as long as the issuer asks for, and a quarter of its own spread more', () => {
    expect([shortest(1, 7), longest(1, 7)]).toEqual([7, 7.125]);
    expect([shortest(6, 7), longest(6, 7)]).toEqual([7, 7 + 29.5 / 4]);
  });

  it.each([
    ['0', 0.5],
    ['30', 30],
    ['31', 30],
    ['1000000000', 30],
    ['Fri, 15 Jan 2100 00:00:00 GMT', 30],
    ['Fri, 15 Jan 1999 00:00:00 GMT', 0.5],
  ])('L18 clamps Retry-After: %s', (text, seconds) => {
    const asked = readRetryAfterSeconds(new Headers({ 'retry-after': text }));
    expect(shortest(1, asked)).toBe(seconds);
    expect(longest(1, asked)).toBe(seconds + 0.125);
  });
});
