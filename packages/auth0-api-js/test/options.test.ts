import { describe, expect, it } from 'vitest';
import {
  ApiClient,
  InvalidConfigurationError,
  MissingRequiredArgumentError,
  type ApiClientOptions,
} from '@auth0/auth0-api-js';
import { resolveOptions } from '../src/options.js';

const good: ApiClientOptions = { domain: 'tenant.example.com', audience: 'https://api.example.com' };

function create(options: object): () => ApiClient {
  return () => new ApiClient({ ...good, ...options });
}

describe('resolveOptions', () => {
  it('makes settings with the documented defaults', () => {
    const settings = resolveOptions(good);
    expect(settings.issuers).toEqual([{ issuer: 'https://tenant.example.com/', policy: settings.policy }]);
    expect(settings.policy).toEqual({
      audiences: ['https://api.example.com'],
      algorithms: new Set(['RS256']),
      types: new Set(['', 'jwt', 'at+jwt', 'application/at+jwt']),
      clockToleranceSeconds: 5,
      maxTokenAgeSeconds: undefined,
      maxTokenLifetimeSeconds: undefined,
      requiredClaims: [],
      isRfc9068: false,
      claimRules: [],
      validate: [],
      now: undefined,
    });
    expect(settings.keys).toEqual({
      freshSeconds: 600,
      minFreshSeconds: 60,
      maxFreshSeconds: 86_400,
      staleSeconds: 3600,
      deadlineSeconds: 5,
      unknownKeyCooldownSeconds: 30,
      minBackOffSeconds: 0.5,
      maxBackOffSeconds: 30,
      maxBytes: 524_288,
      maxKeys: 100,
      allowOtherOrigin: false,
    });
    expect(settings).toMatchObject({ resolver: undefined, maxIssuers: 100, customFetch: undefined });
  });

  it.each([
    [undefined, "The argument 'audience' is required but was not provided."],
    ['', "The argument 'audience' is required but was not provided."],
  ])('says that an audience of %j is missing', (audience, message) => {
    expect(create({ audience })).toThrow(MissingRequiredArgumentError);
    expect(create({ audience })).toThrow(message);
  });

  it('says that the domain is missing', () => {
    expect(create({ domain: undefined })).toThrow("The argument 'domain' is required but was not provided.");
  });

  it.each([
    [{ audience: 7 }, 'Invalid audience configuration: "audience" must be a string, or a list of strings'],
    [{ audience: ['a', ''] }, '"audience" must be a string, or a list of strings'],
    [{ algorithms: [] }, 'Invalid algorithms configuration: "algorithms" must be a non-empty array'],
    [{ algorithms: 'RS256' }, '"algorithms" must be a non-empty array'],
    [{ algorithms: ['RS256', ''] }, 'each "algorithms" entry must be a non-empty string'],
    [{ algorithms: [256] }, 'each "algorithms" entry must be a non-empty string'],
    [
      { algorithms: ['RS256', 'HS256'] },
      'Invalid algorithms configuration: symmetric algorithms are not allowed',
    ],
    [{ algorithms: ['hs512'] }, 'symmetric algorithms are not allowed'],
    [{ algorithms: ['none'] }, '"none" is not supported. Choose from RS256, RS384'],
    [{ algorithms: ['ES256K'] }, '"ES256K" is not supported'],
    [{ customFetch: 'fetch' }, '"customFetch" must be a function'],
    [{ onEvent: {} }, '"onEvent" must be a function'],
    [{ now: 1_800_000_000_000 }, '"now" must be a function'],
    [{ discoveryCache: { ttl: '600' } }, 'Invalid discoveryCache configuration: "ttl" must be a number'],
    [{ discoveryCache: { ttl: -1 } }, '"ttl" must be a non-negative number'],
    [{ discoveryCache: { ttl: Number.NaN } }, '"ttl" must be a non-negative number'],
    [{ discoveryCache: { ttl: Number.POSITIVE_INFINITY } }, '"ttl" must be a non-negative number'],
    [{ discoveryCache: { maxEntries: true } }, '"maxEntries" must be a number'],
    [{ discoveryCache: { tll: 1 } }, "discoveryCache: unknown option 'tll'. Did you mean 'ttl'?"],
    [{ discoveryCache: 600 }, 'discoveryCache: the options must be an object'],
  ])('refuses %j', (options, message) => {
    expect(create(options)).toThrow(InvalidConfigurationError);
    expect(create(options)).toThrow(message);
  });

  it('is not changed by what happens to the options afterwards', () => {
    const algorithms = ['RS256'];
    const settings = resolveOptions({ ...good, algorithms });
    algorithms.push('ES256');
    expect([...settings.policy.algorithms]).toEqual(['RS256']);
  });

  it('takes 0 seconds for a cache that keeps nothing', () => {
    const { keys } = resolveOptions({ ...good, discoveryCache: { ttl: 0 } });
    expect(keys).toMatchObject({ freshSeconds: 0, minFreshSeconds: 0, maxFreshSeconds: 0 });
  });
});
