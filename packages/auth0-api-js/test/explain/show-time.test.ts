import { describe, expect, it } from 'vitest';
import { showDuration, showTime } from '../../src/explain/show-time.js';

const noon = Date.parse('2026-11-25T12:00:00Z') / 1000;

describe('showTime', () => {
  it.each<[unknown, string]>([
    [noon, '2026-11-25T12:00:00Z, now'],
    [noon + 0.5, '2026-11-25T12:00:00Z, now'],
    [noon - 1, '2026-11-25T11:59:59Z, 1 second ago'],
    [noon + 59, '2026-11-25T12:00:59Z, in 59 seconds'],
    [noon + 60, '2026-11-25T12:01:00Z, in 60 seconds'],
    [noon - 7199, '2026-11-25T10:00:01Z, 2 hours ago'],
    [noon - 7200, '2026-11-25T10:00:00Z, 2 hours ago'],
    [noon - 86_400, '2026-11-24T12:00:00Z, 24 hours ago'],
    // Of a token that is good for a day, once it has been taken.
    [noon + 86_397, '2026-11-26T11:59:57Z, in 24 hours'],
    [0, '1970-01-01T00:00:00Z, 20783 days ago'],
    [8.64e12, '+275760-09-13T00:00:00Z, in 99979218 days'],
    [8.64e12 + 1, '8640000000001'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['1', '"1"'],
    [null, 'null'],
    [undefined, 'undefined'],
  ])('shows %j', (value, text) => {
    expect(showTime(value, noon)).toBe(text);
  });
});

describe('showDuration', () => {
  it('counts nothing in seconds', () => {
    expect(showDuration(0)).toBe('0 seconds');
    expect(showDuration(0.4)).toBe('0 seconds');
  });
});
