import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../src/options.js';
import { defaultKeySettings } from '../../src/keys/key-settings.js';
import { configurationError } from '../support/configuration-error.js';

const good = { domain: 'tenant.example.com', audience: 'https://api.example.com' };
const errorOf = (options: object): string => configurationError({ ...good, ...options });

describe('the option keys', () => {
  it('says one thing at a time: the rest keeps its default', () => {
    expect(resolveOptions({ ...good, keys: { staleSeconds: 0, allowOtherOrigin: true } }).keys).toEqual({
      ...defaultKeySettings,
      staleSeconds: 0,
      allowOtherOrigin: true,
    });
  });

  it('refuses undefined: what is meant would be off, and nobody would know', () => {
    for (const name of ['staleSeconds', 'allowOtherOrigin', 'maxKeys'])
      expect(errorOf({ keys: { [name]: undefined } })).toBe(
        `Invalid keys configuration: "${name}" is undefined. Leave it out, or give it a value`,
      );
    expect(errorOf({ keys: { cache: undefined } })).toBe('none');
    expect(errorOf({ keys: undefined })).toBe('none');
  });

  it.each([[[]], ['x'], [600], [true]])('is an object, not %j', (keys) => {
    expect(errorOf({ keys })).toBe('keys: the options must be an object');
  });

  it.each([
    ['freshSecond', "keys: unknown option 'freshSecond'. Did you mean 'freshSeconds'?"],
    ['StaleSeconds', "Did you mean 'staleSeconds'?"],
    ['cooldown', 'The options are freshSeconds, minFreshSeconds, maxFreshSeconds, staleSeconds,'],
  ])('has no %s, and says what it may be', (name, message) => {
    expect(errorOf({ keys: { [name]: 1 } })).toContain(message);
  });

  it.each([0, 1, 'true', null, {}])(
    'takes true and false for allowOtherOrigin, not %j',
    (allowOtherOrigin) => {
      expect(errorOf({ keys: { allowOtherOrigin } })).toBe(
        'Invalid keys configuration: "allowOtherOrigin" must be true or false',
      );
    },
  );

  it.each([
    [
      { minFreshSeconds: 100, maxFreshSeconds: 99 },
      '"minFreshSeconds" (100) is more than "maxFreshSeconds" (99)',
    ],
    [{ maxFreshSeconds: 30 }, '"minFreshSeconds" (60) is more than "maxFreshSeconds" (30)'],
    [
      { minFreshSeconds: 86_400, maxFreshSeconds: 86_399 },
      '"minFreshSeconds" (86400) is more than "maxFreshSeconds" (86399)',
    ],
    [
      { minBackOffSeconds: 3, maxBackOffSeconds: 2 },
      '"minBackOffSeconds" (3) is more than "maxBackOffSeconds" (2)',
    ],
    [{ freshSeconds: 10 }, '"minFreshSeconds" (60) is more than "freshSeconds" (10)'],
    [{ freshSeconds: 59, minFreshSeconds: 60 }, '"minFreshSeconds" (60) is more than "freshSeconds" (59)'],
    [{ freshSeconds: 604_800 }, '"freshSeconds" (604800) is more than "maxFreshSeconds" (86400)'],
    [{ minBackOffSeconds: 31 }, '"minBackOffSeconds" (31) is more than "maxBackOffSeconds" (30)'],
  ])('names both of bounds that are the wrong way round: %j', (keys, message) => {
    expect(errorOf({ keys })).toBe(`Invalid keys configuration: ${message}`);
  });

  it.each([
    [{ freshSeconds: 10, minFreshSeconds: 1 }],
    [{ freshSeconds: 0.1, minFreshSeconds: 0 }],
    [{ freshSeconds: 604_800, maxFreshSeconds: 604_800 }],
    [{ minFreshSeconds: 900 }],
    [{ maxFreshSeconds: 300 }],
  ])('takes a time within its bounds, and the default one within any: %j', (keys) => {
    expect(errorOf({ keys })).toBe('none');
  });

  it.each([0.001, 0.99, 86_401])('has no least time of %d seconds', (minFreshSeconds) => {
    expect(errorOf({ keys: { minFreshSeconds, maxFreshSeconds: 604_800 } })).toBe(
      'Invalid keys configuration: "minFreshSeconds" must be 0, or from 1 to 86400: it is in seconds, not in milliseconds',
    );
  });

  it('takes bounds that are equal', () => {
    const keys = { minFreshSeconds: 90, maxFreshSeconds: 90, minBackOffSeconds: 2, maxBackOffSeconds: 2 };
    expect(errorOf({ keys })).toBe('none');
  });

  it.each([null, 7, 'x', [], {}, { version: 2 }, { version: 1, issuers: [null, 7, {}] }])(
    'takes whatever it finds for cache: %j',
    (cache) => expect(errorOf({ keys: { cache } })).toBe('none'),
  );
});

describe('the option discoveryCache', () => {
  it.each(['freshSeconds', 'minFreshSeconds', 'maxFreshSeconds'])(
    'contradicts keys.%s, and the message names both',
    (name) => {
      expect(errorOf({ discoveryCache: { ttl: 600 }, keys: { [name]: 600 } })).toBe(
        `Invalid keys configuration: "discoveryCache.ttl" and "keys.${name}" contradict each other. Give one`,
      );
    },
  );

  it('agrees with everything else in keys', () => {
    const { keys } = resolveOptions({ ...good, discoveryCache: { ttl: 5 }, keys: { staleSeconds: 7 } });
    expect(keys).toMatchObject({ freshSeconds: 5, minFreshSeconds: 5, maxFreshSeconds: 5, staleSeconds: 7 });
  });

  it.each([0.001, 0.99, 86_401, 600_000])('keeps nothing for %d seconds', (ttl) => {
    expect(errorOf({ discoveryCache: { ttl } })).toBe(
      'Invalid discoveryCache configuration: "ttl" must be 0, or from 1 to 86400: it is in seconds, not in milliseconds',
    );
  });

  it('says how many issuers that come in at run time are remembered', () => {
    expect(resolveOptions({ ...good, discoveryCache: { maxEntries: 7 } }).maxIssuers).toBe(7);
  });
});
