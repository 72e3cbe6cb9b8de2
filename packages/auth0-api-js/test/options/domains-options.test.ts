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
    ['LocalHost', 'localhost'],
    ['localhost.', 'localhost.'],
    ['auth_1.internal', 'auth_1.internal'],
    ['127.1', '127.0.0.1'],
    ['0x7f.0.0.1', '127.0.0.1'],
    ['10.0.0.7', '10.0.0.7'],
    ['::1', '[::1]'],
    ['[::1]', '[::1]'],
    ['FD00:0:0::7', '[fd00::7]'],
    ['::ffff:10.0.0.7', '[::ffff:a00:7]'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('allows %s as the host %s', (given, host) => {
    const { resolver } = resolveOptions({
      domains,
      audience,
      domainsResolver: { allowPrivateHosts: [given] },
    });
    expect([...(resolver?.privateHosts ?? [])]).toEqual([host]);
    expect(new URL(`https://${host}/`).hostname).toBe(host);
  });

  it.each([
    'http://localhost',
    'localhost:3000',
    'localhost:443',
    '[::1]:443',
    '[::1]/x]',
    '[::1',
    'fe80::1%eth0',
    'localhost/',
    'a/b',
    '10.0.0.0/8',
    'user@localhost',
    'localhost?x',
    'localhost#x',
    'local\\host',
    ' localhost',
    'local\thost',
    '*.corp',
    '*',
    '.corp',
    'a..corp',
    '300.1.1.1',
  ])('allows nothing that is no host: %j', (given) => {
    expect(errorOf({ allowPrivateHosts: ['localhost', given] })).toBe(
      `Invalid allowPrivateHosts configuration: "allowPrivateHosts" must be hosts alone, like 'auth.internal', '10.0.0.7' or '::1': no scheme, port, path or wildcard`,
    );
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
