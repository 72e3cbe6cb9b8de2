import { describe, expect, it } from 'vitest';
import { configurationError } from '../support/configuration-error.js';

/** The options that hold the one with this value. */
type Wrap = (value: unknown) => object;

const domain = 'tenant.example.com';
const issuer = 'https://partner.example.com/';
const inGroup =
  (group: string, name: string): Wrap =>
  (value) => ({ domain, [group]: { [name]: value } });
const inResolver =
  (name: string): Wrap =>
  (value) => {
    // A time needs a key, and no time has none.
    const cache = value === 0 ? {} : { cacheSeconds: 60, cacheKey: () => '' };
    return { domains: () => [], domainsResolver: { ...cache, [name]: value } };
  };

/** Every option that is a number: its name, the group that messages name, its least and its greatest value. */
const options: readonly (readonly [name: string, group: string, min: number, max: number, wrap: Wrap])[] = [
  ...['clockToleranceSeconds', 'maxTokenAgeSeconds', 'maxTokenLifetimeSeconds'].flatMap((name) => {
    const max = name === 'clockToleranceSeconds' ? 300 : Number.MAX_VALUE;
    const own: Wrap = (value) => ({ issuers: [{ issuer, [name]: value }] });
    const all: Wrap = (value) => ({ domain, [name]: value });
    return [[name, name, 0, max, all] as const, [name, 'issuers[0]', 0, max, own] as const];
  }),
  ['freshSeconds', 'keys', 60, 86_400, inGroup('keys', 'freshSeconds')],
  ['staleSeconds', 'keys', 0, 604_800, inGroup('keys', 'staleSeconds')],
  ['unknownKeyCooldownSeconds', 'keys', 1, 3600, inGroup('keys', 'unknownKeyCooldownSeconds')],
  ['minFreshSeconds', 'keys', 0, 86_400, inGroup('keys', 'minFreshSeconds')],
  ['maxFreshSeconds', 'keys', 60, 604_800, inGroup('keys', 'maxFreshSeconds')],
  ['deadlineSeconds', 'keys', 0.1, 60, inGroup('keys', 'deadlineSeconds')],
  ['minBackOffSeconds', 'keys', 0.1, 30, inGroup('keys', 'minBackOffSeconds')],
  ['maxBackOffSeconds', 'keys', 0.5, 3600, inGroup('keys', 'maxBackOffSeconds')],
  ['maxBytes', 'keys', 1024, 16_777_216, inGroup('keys', 'maxBytes')],
  ['maxKeys', 'keys', 1, 10_000, inGroup('keys', 'maxKeys')],
  ['ttl', 'discoveryCache', 0, 86_400, inGroup('discoveryCache', 'ttl')],
  ['maxEntries', 'discoveryCache', 0, Number.MAX_VALUE, inGroup('discoveryCache', 'maxEntries')],
  ['deadlineSeconds', 'domainsResolver', 0.1, 60, inResolver('deadlineSeconds')],
  ['cacheSeconds', 'domainsResolver', 0, 86_400, inResolver('cacheSeconds')],
];

describe.each(options)('the option %s of %s', (name, group, min, max, wrap) => {
  it.each(['5', null, true, {}, [], [5], 5n, () => 5])('E14 is a number, not %o', (value) => {
    expect(configurationError(wrap(value))).toBe(
      `Invalid ${group} configuration: "${name}" must be a number`,
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, -0.001])(
    'E14 is finite and not negative: %d',
    (value) => {
      expect(configurationError(wrap(value))).toBe(
        `Invalid ${group} configuration: "${name}" must be a non-negative number`,
      );
    },
  );

  it(`may be from ${min} to ${max}`, () => {
    expect(configurationError(wrap(min))).toBe('none');
    expect(configurationError(wrap(min + 1.234_56))).toBe('none');
    expect(configurationError(wrap(max))).toBe('none');
    if (min > 0) expect(configurationError(wrap(min * 0.99))).toContain(`Invalid ${group} configuration: "`);
    if (max < Number.MAX_VALUE)
      expect(configurationError(wrap(max * 1.01))).toContain(`Invalid ${group} configuration: "`);
  });
});

describe('the bounds of a number', () => {
  it('are in the message', () => {
    expect(configurationError({ domain, clockToleranceSeconds: 301 })).toBe(
      'Invalid clockToleranceSeconds configuration: "clockToleranceSeconds" must be from 0 to 300',
    );
    expect(configurationError({ domain, keys: { maxBytes: 1023 } })).toBe(
      'Invalid keys configuration: "maxBytes" must be from 1024 to 16777216',
    );
    expect(configurationError({ domain, keys: { deadlineSeconds: 0 } })).toBe(
      'Invalid keys configuration: "deadlineSeconds" must be from 0.1 to 60',
    );
  });
});
