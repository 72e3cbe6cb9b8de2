import { describe, expect, it } from 'vitest';
import { ApiClient, InvalidConfigurationError, type TokenCacheOptions } from '@auth0/auth0-api-js';
import { apiClientOptionNames } from '../../src/options.js';
import { readTokenCache } from '../../src/options/token-cache-options.js';
import { audience } from '../support/bench.js';

const mebibyte = 1024 ** 2;
const read = (given: unknown): unknown => readTokenCache(given as TokenCacheOptions);

describe('the option tokenCache', () => {
  it('remembers 10,000 tokens in 32 MiB by default', () => {
    for (const given of [undefined, {}])
      expect(read(given)).toEqual({ maxEntries: 10_000, maxBytes: 32 * mebibyte });
  });

  it('is off in so many words only', () => {
    expect(read('off')).toBeUndefined();
    for (const given of ['OFF', 'none', '', false, null, 0, [], ['off'], () => 'off'])
      expect(() => read(given)).toThrow(
        `Invalid tokenCache configuration: "tokenCache" must be 'off' or an object, such as { maxEntries: 5000 }`,
      );
  });

  it('takes what is within its bounds, one by one', () => {
    for (const maxEntries of [2, 3, 1_000_000])
      expect(read({ maxEntries })).toEqual({ maxEntries, maxBytes: 32 * mebibyte });
    for (const maxBytes of [mebibyte, mebibyte + 1, 4096 * mebibyte])
      expect(read({ maxBytes })).toEqual({ maxEntries: 10_000, maxBytes });
  });

  it.each([
    [{ maxEntries: 1 }, '"maxEntries" must be from 2 to 1000000'],
    [{ maxEntries: 0 }, '"maxEntries" must be from 2 to 1000000'],
    [{ maxEntries: 1_000_001 }, '"maxEntries" must be from 2 to 1000000'],
    [{ maxEntries: -5 }, '"maxEntries" must be a non-negative number'],
    [{ maxEntries: Number.NaN }, '"maxEntries" must be a non-negative number'],
    [{ maxEntries: Number.POSITIVE_INFINITY }, '"maxEntries" must be a non-negative number'],
    [{ maxEntries: 2.5 }, '"maxEntries" must be a whole number'],
    [{ maxEntries: '100' }, '"maxEntries" must be a number'],
    [{ maxEntries: null }, '"maxEntries" must be a number'],
    [{ maxEntries: undefined }, '"maxEntries" is undefined'],
    [{ maxBytes: mebibyte - 1 }, '"maxBytes" must be from 1048576 to 4294967296'],
    [{ maxBytes: 4096 * mebibyte + 1 }, '"maxBytes" must be from 1048576 to 4294967296'],
    [{ maxBytes: 2 * mebibyte + 0.5 }, '"maxBytes" must be a whole number'],
    [{ maxBytes: '32mb' }, '"maxBytes" must be a number'],
    [{ maxBytes: undefined }, '"maxBytes" is undefined'],
  ])('refuses %j', (given, message) => {
    expect(() => read(given)).toThrow(InvalidConfigurationError);
    expect(() => read(given)).toThrow(`Invalid tokenCache configuration: ${message}`);
  });

  it.each([
    ['maxEntry_s', 'maxEntries'],
    ['maxentries', 'maxEntries'],
    ['maxByte', 'maxBytes'],
  ])('refuses %s, and says how it is spelt: %s', (name, right) => {
    expect(() => read({ [name]: 100 })).toThrow(`unknown option '${name}'. Did you mean '${right}'?`);
  });

  it('reads members of its own only', () => {
    class Inherits {
      get maxEntries(): number {
        return 2;
      }
    }
    expect(() => read(new Inherits())).toThrow('must be a plain object');
    expect(read(Object.create(null))).toMatchObject({ maxEntries: 10_000 });
  });

  it('is an option of the client, of nothing else', () => {
    const domain = 'issuer.test';
    expect(apiClientOptionNames).toContain('tokenCache');
    for (const tokenCache of ['off', { maxEntries: 10, maxBytes: mebibyte }] as const)
      expect(() => new ApiClient({ domain, audience, tokenCache })).not.toThrow();
    expect(() => new ApiClient({ domain, audience, tokenCache: { maxEntries: 1 } })).toThrow('from 2 to');
    expect(() => new ApiClient({ domain, audience, tokencache: 'off' } as never)).toThrow(
      "Did you mean 'tokenCache'?",
    );
    const issuers = [{ issuer: 'https://a.test/', audience, tokenCache: 'off' }];
    expect(() => new ApiClient({ issuers } as never)).toThrow("unknown option 'tokenCache'");
  });
});
