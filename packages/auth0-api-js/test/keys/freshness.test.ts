import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFreshSeconds, readRetryAfterSeconds } from '../../src/keys/freshness.js';
import { defaultKeySettings } from '../../src/keys/key-settings.js';
import { noon, setWallClock } from '../support/clock.js';

function freshFor(headers: Readonly<Record<string, string>>): number {
  return readFreshSeconds(new Headers(headers), defaultKeySettings);
}

const least = 60;
const usual = 600;
const most = 86_400;

describe('readFreshSeconds', () => {
  it.each<[string, number]>([
    ['max-age=300', 300],
    ['max-age=60', 60],
    ['max-age=59', least],
    ['max-age=1', least],
    ['max-age=0', least],
    ['max-age=86400', most],
    ['max-age=86401', most],
    ['max-age=1000000000', most],
    ['max-age="300"', 300],
    ['MAX-AGE=300', 300],
    ['public, max-age=300, must-revalidate', 300],
    ['public,max-age=300', 300],
    ['max-age=300, max-age=900', 300],
    ['s-maxage=900, max-age=300', 300],
    ['stale-while-revalidate=900,max-age=300', 300],
    ['max-age=300, no-store', least],
    ['no-cache', least],
    ['No-Store', least],
  ])('L18 reads Cache-Control: %s', (text, seconds) => {
    expect(freshFor({ 'cache-control': text })).toBe(seconds);
  });

  it.each([
    '',
    'public',
    'max-age',
    'max-age=',
    'max-age=-5',
    'max-age=soon',
    'max-age=1e9',
    'max-age=0x10',
    'max-age=300.5',
    'max-age=NaN',
    'max-age=Infinity',
    'max-age=99999999999',
    'x-max-age=300',
    's-maxage=900',
  ])('L18 takes its own time where Cache-Control says none: %j', (text) => {
    expect(freshFor({ 'cache-control': text })).toBe(usual);
  });

  it('takes its own time without Cache-Control, whatever the answer says of its age', () => {
    expect(freshFor({})).toBe(usual);
    expect(freshFor({ age: '500' })).toBe(usual);
  });

  it.each<[string, number]>([
    ['0', 3600],
    ['600', 3000],
    ['3599', least],
    ['3600', least],
    ['4000', least],
    ['-5', 3600],
    ['old', 3600],
    ['1e3', 3600],
  ])('takes the time an answer has spent in caches off its max-age: Age %s', (age, seconds) => {
    expect(freshFor({ 'cache-control': 'max-age=3600', age })).toBe(seconds);
  });

  it('takes the age off before it clamps', () => {
    expect(freshFor({ 'cache-control': 'max-age=100000', age: '50000' })).toBe(50_000);
  });

  it('is within its bounds whatever the headers say', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'max-age=0129,"- store'.split('')) }),
      fc.integer().map((seconds) => `max-age=${seconds}`),
      fc.double().map((seconds) => `max-age=${seconds}`),
    );
    fc.assert(
      fc.property(text, text, (cacheControl, age) => {
        const seconds = freshFor({ 'cache-control': cacheControl, age });
        expect(seconds).toBeGreaterThanOrEqual(least);
        expect(seconds).toBeLessThanOrEqual(most);
      }),
      { numRuns: 2000, seed: 9111 },
    );
  });
});

describe('readRetryAfterSeconds', () => {
  const readAtNoon = (text: string): number | undefined => {
    setWallClock(noon);
    return readRetryAfterSeconds(new Headers({ 'retry-after': text }));
  };

  it.each<[string, number]>([
    ['0', 0],
    ['7', 7],
    ['1000000000', 1e9],
    [new Date((noon + 90) * 1000).toUTCString(), 90],
    [new Date(noon * 1000).toUTCString(), 0],
    [new Date((noon - 90) * 1000).toUTCString(), 0],
  ])('reads %j', (text, seconds) => {
    expect(readAtNoon(text)).toBe(seconds);
  });

  it.each(['', 'soon', 'NaN', 'Infinity', '99999999999999', 'Mon, 99 Foo 2027'])(
    'makes nothing of %j',
    (text) => {
      expect(readAtNoon(text)).toBeUndefined();
    },
  );

  it('makes nothing of an answer that does not ask for a wait', () => {
    expect(readRetryAfterSeconds(new Headers())).toBeUndefined();
  });

  it('never answers with less than nothing, nor with no number', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 :-.,eEGMTJanFri'.split('')) }), (text) => {
        const seconds = readAtNoon(text.trim());
        if (seconds !== undefined) expect(seconds).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2000, seed: 9110 },
    );
  });
});
