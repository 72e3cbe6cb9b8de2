import { describe, expect, it } from 'vitest';
import { readBaseUrl } from '../../src/options/base-url-option.js';
import { configurationError } from '../support/configuration-error.js';

describe('the option dpop.baseUrl', () => {
  it.each([
    ['https://API.test', 'https://api.test'],
    ['https://api.test/', 'https://api.test'],
    ['https://api.test:443/orders', 'https://api.test/orders'],
    ['https://api.test/orders/', 'https://api.test/orders'],
    ['https://api.test/a/../%7eb/', 'https://api.test/~b'],
    ['http://gateway:8080/v1', 'http://gateway:8080/v1'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('takes %j', (given, expected) => {
    expect(readBaseUrl(given)).toBe(expected);
    expect(configurationError({ domain: 'a.test', dpop: { baseUrl: given } })).toBe('none');
  });

  it('takes a function as it is', () => {
    const baseUrl = (): string => 'https://api.test';
    expect(readBaseUrl(baseUrl)).toBe(baseUrl);
  });

  it.each([
    '',
    'api.test',
    '/orders',
    '//api.test',
    'ftp://api.test',
    'https://',
    'https://u@api.test/',
    'https://u:p@api.test/',
    'https://api.test/?a',
    'https://api.test?',
    'https://api.test/#',
    'https://api.test:65536/',
    'https://bücher.test/',
    'https://api.test/a b',
    'https://api.test\\a',
    ' https://api.test',
    'https://api.test\n',
    null,
    5,
    {},
    ['https://api.test'],
    new URL('https://api.test/?a'),
  ])('refuses %j, and says what does', (baseUrl) => {
    expect(configurationError({ domain: 'a.test', dpop: { baseUrl } })).toBe(
      'Invalid dpop configuration: "baseUrl" must be an http or https URL, without user-info, query and fragment, such as ' +
        'https://api.example.com/orders, or a function of the request that returns one',
    );
  });

  it('may be a URL', () => {
    expect(readBaseUrl(new URL('https://API.test/orders/'))).toBe(readBaseUrl('https://api.test/orders'));
  });
});
