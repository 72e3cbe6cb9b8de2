import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../src/options.js';
import { configurationError } from '../support/configuration-error.js';

const audience = 'https://api.example.com';
const domains = (): readonly string[] => [];
const errorOf = (domainsResolver: unknown): string => configurationError({ domains, domainsResolver });

describe('the option domains', () => {
  it('takes the place of domain, each read as domain is', () => {
    const options = {
      domain: 'old.example.com',
      domains: ['a.example.com', 'https://b.example.com/'],
      audience,
    };
    expect(resolveOptions(options).issuers.map(({ issuer }) => issuer)).toEqual([
      'https://a.example.com/',
      'https://b.example.com/',
    ]);
  });

  it.each([
    [[], 'Invalid domains configuration: "domains" must not be empty'],
    [{}, 'Invalid domains configuration: "domains" must be an array or a function'],
    ['a.example.com', 'Invalid domains configuration: "domains" must be an array or a function'],
    [null, 'Invalid domains configuration: "domains" must be an array or a function'],
    [[''], 'Invalid domains configuration: domain must be a non-empty string'],
    [[7], 'Invalid domains configuration: domain must be a non-empty string'],
    [['a.example.com', undefined], 'Invalid domains configuration: domain must be a non-empty string'],
    [['a b'], 'Invalid domains configuration: invalid domain URL'],
    [['http://a.example.com'], 'Invalid domains configuration: invalid domain URL (https required)'],
    [['https://a.example.com/x'], 'invalid domain URL (path segments are not allowed)'],
    [['https://a.example.com?x'], 'invalid domain URL (query/fragment are not allowed)'],
    [['https://a.example.com/#x'], 'invalid domain URL (query/fragment are not allowed)'],
    [['user@a.example.com'], 'invalid domain URL (credentials are not allowed)'],
    [['a.example.com', 'https://A.example.com'], '"https://a.example.com/" is named twice'],
  ])('F1 refuses %j', (list, message) => {
    expect(configurationError({ domains: list })).toContain(message);
  });

  it('is no list that can change later', () => {
    const list = ['a.example.com'];
    const settings = resolveOptions({ domains: list, audience });
    list[0] = 'evil.example.com';
    list.push('other.example.com');
    expect(settings.issuers.map(({ issuer }) => issuer)).toEqual(['https://a.example.com/']);
  });
});

describe('the option domainsResolver', () => {
  it('has defaults', () => {
    const { resolver, issuers } = resolveOptions({ domains, audience });
    expect(resolver).toEqual({
      resolve: domains,
      deadlineSeconds: 5,
      cacheSeconds: 0,
      cacheKey: undefined,
      privateHosts: new Set(),
    });
    expect(issuers).toEqual([]);
  });

  it.each([{ domains: ['a.example.com'] }, { domain: 'a.example.com' }])(
    'needs a function in domains: %j has none',
    (options) => {
      expect(configurationError({ ...options, domainsResolver: {} })).toBe(
        'Invalid domainsResolver configuration: it says how a function in "domains" is asked, and there is none',
      );
    },
  );

  it.each([
    [{ cacheSeconds: 60 }],
    [{ cacheKey: (): string => '' }],
    [{ cacheSeconds: 0, cacheKey: (): string => '' }],
  ])('needs cacheSeconds and cacheKey together: %o', (options) => {
    expect(errorOf(options)).toBe(
      'Invalid domainsResolver configuration: "cacheSeconds" and "cacheKey" belong together: without a key, one request would get the domains of another',
    );
  });

  it('takes them together', () => {
    const { resolver } = resolveOptions({
      domains,
      audience,
      domainsResolver: { cacheSeconds: 60, cacheKey: () => 'a', allowPrivateHosts: ['LocalHost'] },
    });
    expect(resolver).toMatchObject({ cacheSeconds: 60, privateHosts: new Set(['localhost']) });
  });

  it.each([
    [{ cacheKey: 'host', cacheSeconds: 60 }, 'Invalid cacheKey configuration: "cacheKey" must be a function'],
    [{ allowPrivateHosts: 'localhost' }, '"allowPrivateHosts" must be an array of names'],
    [{ allowPrivateHosts: [''] }, '"allowPrivateHosts" must be an array of names'],
    [{ allowPrivateHosts: [7] }, '"allowPrivateHosts" must be an array of names'],
    [{ cacheSecond: 60 }, "domainsResolver: unknown option 'cacheSecond'. Did you mean 'cacheSeconds'?"],
    [[], 'domainsResolver: the options must be an object'],
    [7, 'domainsResolver: the options must be an object'],
  ])('refuses %j', (options, message) => {
    expect(errorOf(options)).toContain(message);
  });
});
